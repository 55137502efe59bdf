package org.facevalue.platform.jurisdiction;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.ConditionKind;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code rule_pack}: which version of which pack decides, since when. Times are on the business clock. */
@Component
public class ActivePacks {
    private final JdbcClient db;

    ActivePacks(JdbcClient db) {
        this.db = db;
    }

    /**
     * A pack that decides.
     *
     * @param digest SHA-256 of its files, in hex: only files with this digest are used
     * @param by the subject of who did it; null for the sandbox, which starts with the packs that come with it
     */
    public record Active(
            String jurisdiction, String version, String digest, @Nullable UUID by, Instant since) {
        /** As approvals name it. */
        String shown() {
            return jurisdiction + "@" + version + " " + digest;
        }
    }

    private record Row(
            Cell cell,
            String jurisdiction,
            String version,
            String digest,
            @Nullable UUID by,
            Instant since) {}

    private static final EffectKind<Row> DECIDE =
            new EffectKind<>(
                    "rule_pack.decide",
                    "rule_pack",
                    """
                    INSERT INTO rule_pack (cell, jurisdiction, version, digest, activated_by, since)
                    SELECT * FROM unnest(?::smallint[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[])
                    ON CONFLICT (cell, jurisdiction) DO UPDATE SET
                        version = excluded.version, digest = excluded.digest, activated_by = excluded.activated_by, since = excluded.since
                    """,
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("jurisdiction", "text", Row::jurisdiction),
                            new Column<>("version", "text", Row::version),
                            new Column<>("digest", "text", Row::digest),
                            new Column<>("activated_by", "uuid", Row::by),
                            new Column<>("since", "timestamptz", Row::since)));

    private record Key(Cell cell, String jurisdiction, String version, String digest) {}

    private static final ConditionKind<Key> DECIDES =
            new ConditionKind<>(
                    "rule_pack.decides",
                    "rule_pack",
                    """
                    SELECT p.jurisdiction FROM rule_pack p JOIN unnest(?::smallint[], ?::text[], ?::text[], ?::text[]) AS n(cell, jurisdiction, version, digest)
                        ON p.cell = n.cell AND p.jurisdiction = n.jurisdiction AND p.version = n.version AND p.digest = n.digest
                     FOR SHARE OF p
                    """,
                    List.of(
                            new Column<>("cell", "smallint", k -> k.cell().number()),
                            new Column<>("jurisdiction", "text", Key::jurisdiction),
                            new Column<>("version", "text", Key::version),
                            new Column<>("digest", "text", Key::digest)));

    /** One for each of these packs; they hold while exactly these files decide. */
    public static List<Condition<?>> decide(Cell cell, List<Verdict.Asked> packs) {
        return packs.stream()
                .<Condition<?>>map(
                        pack ->
                                new Condition<>(
                                        DECIDES,
                                        new Key(
                                                cell,
                                                pack.jurisdiction(),
                                                pack.version(),
                                                pack.digest())))
                .toList();
    }

    public static boolean isDecides(ConditionKind<?> kind) {
        return kind == DECIDES;
    }

    static Effect<?> decides(RulePack pack, @Nullable UUID by, Instant at) {
        var row = new Row(Cell.FIRST, pack.jurisdiction(), pack.version(), pack.digest(), by, at);
        return new Effect<>(DECIDE, row);
    }

    /** Those that decide now, one for a jurisdiction at most; what decided before is in the journal. */
    List<Active> now() {
        return db.sql("SELECT * FROM rule_pack ORDER BY jurisdiction")
                .query(
                        (row, n) ->
                                new Active(
                                        row.getString("jurisdiction"),
                                        row.getString("version"),
                                        row.getString("digest"),
                                        row.getObject("activated_by", UUID.class),
                                        row.getTimestamp("since").toInstant()))
                .list();
    }
}
