package org.facevalue.platform.identity;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.time.BusinessClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * For the night when only one is there: whoever breaks the glass says why, and may for half an hour do alone what takes two, as far as that is open to
 * it at all ({@link FourEyes.Action}). Everybody sees it, the metrics alarm, and each thing done so is a record of its own. Times are of the wall clock, but for events.
 */
@Component
public class BreakGlass {
    /** How long it stays broken. */
    public static final Duration OPEN = Duration.ofMinutes(30);

    private static final Logger LOG = LoggerFactory.getLogger(BreakGlass.class);
    private static final String WORDS = "break_glass.words";
    private final JdbcClient db;
    private final Facts facts;
    private final Vault vault;
    private final Ids ids;
    private final Clock clock;
    private final BusinessClock events;

    BreakGlass(
            JdbcClient db,
            Facts facts,
            Vault vault,
            Ids ids,
            Clock clock,
            BusinessClock events,
            MeterRegistry metrics) {
        this.db = db;
        this.facts = facts;
        this.vault = vault;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
        Gauge.builder("facevalue.glass.broken", this, glass -> glass.count(null))
                .description("Glasses that are broken now: an alarm belongs on more than none")
                .register(metrics);
    }

    /** Who broke it, why, and until when. {@code staff} is the subject of their login. */
    public record Broken(UUID staff, String words, Instant at, Instant endsAt) {}

    private record Row(Cell cell, UUID id, UUID staff, byte[] words, Instant at, Instant endsAt) {}

    private static final EffectKind<Row> ADD =
            EffectKind.insert(
                    "break_glass.break",
                    "break_glass",
                    List.of(
                            new Column<>("cell", "smallint", r -> r.cell().number()),
                            new Column<>("id", "uuid", Row::id),
                            new Column<>("staff", "uuid", Row::staff),
                            new Column<>("words", "bytea", Row::words),
                            new Column<>("at", "timestamptz", Row::at),
                            new Column<>("ends_at", "timestamptz", Row::endsAt)));

    /** Breaks it; whose is broken already has nothing to break. */
    public void breakIt(Caller staff, String words) {
        if (isBroken(staff)) return;
        var id = ids.next();
        var now = clock.instant();
        var row =
                new Row(
                        Cell.FIRST,
                        id,
                        staff.subject(),
                        vault.seal(words, WORDS).bytes(),
                        now,
                        now.plus(OPEN));
        var fact =
                new Fact(
                        Cell.FIRST,
                        "bg",
                        id,
                        "glass-broken",
                        events.now(),
                        Map.of("staff", staff.subject(), "role", staff.role().name()));
        facts.commit(id + "/glass", fact, List.of(new Effect<>(ADD, row)));
        LOG.warn(
                "{} {} has broken the glass until {}", staff.role(), staff.subject(), row.endsAt());
    }

    boolean isBroken(Caller staff) {
        return count(staff.subject()) > 0;
    }

    private long count(@Nullable UUID staff) {
        return db.sql(
                        "SELECT count(*) FROM break_glass WHERE ends_at > :now AND staff = coalesce(:staff::uuid, staff)")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("staff", staff)
                .query(Long.class)
                .single();
    }

    /** Each time it was broken, latest first. */
    public List<Broken> all() {
        return db.sql("SELECT * FROM break_glass ORDER BY at DESC LIMIT 50")
                .query(
                        (row, n) ->
                                new Broken(
                                        row.getObject("staff", UUID.class),
                                        vault.open(new Sealed(row.getBytes("words")), WORDS),
                                        row.getTimestamp("at").toInstant(),
                                        row.getTimestamp("ends_at").toInstant()))
                .list();
    }
}
