package org.facevalue.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Checks from the outside, by SQL of its own and by the other side's books, what must hold whatever has happened. */
public final class Audit {
    private static final int MOST_SHOWN = 20;
    private static final int OFTEN = 100;
    private final Connection database;
    private final Api sandbox;
    private final Consumer<String> progress;

    /**
     * @param database as the owner: nobody else may see all
     * @param sandbox the outside parties
     */
    public Audit(Connection database, Api sandbox) {
        this(database, sandbox, words -> {});
    }

    /** @param progress is told from time to time how far it is */
    Audit(Connection database, Api sandbox, Consumer<String> progress) {
        this.database = database;
        this.sandbox = sandbox;
        this.progress = progress;
    }

    /** One invariant. {@code violations}: none, or the first of them in words. */
    public record Finding(String invariant, String words, List<String> violations) {}

    /** All findings. */
    public List<Finding> findings() throws SQLException {
        var findings = new ArrayList<Finding>();
        var checks = Stream.concat(AuditChecks.ALL.stream(), WayOutChecks.ALL.stream()).toList();
        for (var check : checks) {
            progress.accept(check.invariant() + " " + check.words());
            findings.add(new Finding(check.invariant(), check.words(), rows(check.sql())));
        }
        var strays = new ArrayList<String>();
        var doubled = new ArrayList<String>();
        var differing = new ArrayList<String>();
        var read = new AtomicInteger();
        new Stories(database)
                .read(
                        story -> {
                            if (read.incrementAndGet() % OFTEN == 0)
                                progress.accept(read.get() + " cash-outs held against other books");
                            add(strays, Stories.strays(story));
                            var world = SandboxCustomer.world(sandbox, story.id());
                            add(doubled, Stories.doubled(story.id(), world));
                            for (var difference : Stories.differences(story, world))
                                add(differing, List.of(story.id() + ": " + difference));
                        });
        findings.add(
                new Finding("I12", "every path in history is one of the state machine", strays));
        findings.add(
                new Finding(
                        "I6",
                        "at most one charge, one redemption and one payout for each cash-out, by their own books",
                        doubled));
        findings.add(
                new Finding(
                        "I13",
                        "our books and every outside party's agree on each cash-out that has ended",
                        differing));
        return findings;
    }

    private static void add(List<String> all, List<String> more) {
        for (var one : more) if (all.size() < MOST_SHOWN) all.add(one);
    }

    private List<String> rows(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (found.size() < MOST_SHOWN && rows.next()) found.add(rows.getString(1));
        }
        return found;
    }
}
