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

    /** {@code by}: the subject of who did it; null for the sandbox, which starts with the packs that come with it. */
    private record Row(Cell cell, PackId pack, @Nullable UUID by, Instant since) {}

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
                            new Column<>("jurisdiction", "text", r -> r.pack().jurisdiction()),
                            new Column<>("version", "text", r -> r.pack().version()),
                            new Column<>("digest", "text", r -> r.pack().digest()),
                            new Column<>("activated_by", "uuid", Row::by),
                            new Column<>("since", "timestamptz", Row::since)));

    private record Key(Cell cell, PackId pack) {}

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
                            new Column<>("jurisdiction", "text", k -> k.pack().jurisdiction()),
                            new Column<>("version", "text", k -> k.pack().version()),
                            new Column<>("digest", "text", k -> k.pack().digest())));

    /** One for each of these packs; they hold while exactly these files decide. */
    public static List<Condition<?>> stillDecide(Cell cell, List<PackId> packs) {
        return packs.stream()
                .<Condition<?>>map(pack -> new Condition<>(DECIDES, new Key(cell, pack)))
                .toList();
    }

    public static boolean isDecides(ConditionKind<?> kind) {
        return kind == DECIDES;
    }

    static Effect<?> letDecide(PackId pack, @Nullable UUID by, Instant at) {
        return new Effect<>(DECIDE, new Row(Cell.FIRST, pack, by, at));
    }

    /** Those that decide now, one for a jurisdiction at most; what decided before is in the journal. */
    List<PackId> now() {
        return db.sql("SELECT jurisdiction, version, digest FROM rule_pack ORDER BY jurisdiction")
                .query(
                        (row, n) ->
                                new PackId(
                                        row.getString("jurisdiction"),
                                        row.getString("version"),
                                        row.getString("digest")))
                .list();
    }
}
