package org.facevalue.platform.outside;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.crypto.BlindIndex;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code callback_token} and {@code callback}: what other parties may tell us, and what they told. */
public final class Callbacks {
    private static final String TOKEN = "callback.token";
    private static final String HASH = "callback.hash";
    private final JdbcClient db;
    private final BlindIndex index;
    private final String address;

    /** @param address where they are to be sent, https */
    Callbacks(JdbcClient db, BlindIndex index, String address) {
        this.db = db;
        this.index = index;
        this.address = address;
    }

    private record Expected(Cell cell, UUID subject, String kind, byte[] hash) {}

    private static final EffectKind<Expected> EXPECT =
            EffectKind.insert(
                    "callback_token.expect",
                    "callback_token",
                    List.of(
                            new Column<>("cell", "smallint", e -> e.cell().number()),
                            new Column<>("subject", "uuid", Expected::subject),
                            new Column<>("kind", "text", Expected::kind),
                            new Column<>("token_hash", "bytea", Expected::hash)));

    /** Lets callbacks about {@code subject} in. {@code kind}: what about it, {@code charge} or {@code redemption}. */
    public Effect<?> expect(Cell cell, UUID subject, String kind) {
        return new Effect<>(EXPECT, new Expected(cell, subject, kind, hash(token(subject, kind))));
    }

    /** What such a callback must bear: derived, so that a repeated request carries the same; only its hash is stored. */
    public String token(UUID subject, String kind) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(index.of(kind + "/" + subject, TOKEN));
    }

    /** Where callbacks of {@code party} are sent. */
    public String address(String party) {
        return address + "/callbacks/" + party;
    }

    /** What a token lets in. */
    record About(Cell cell, UUID subject, String kind) {}

    Optional<About> about(String token) {
        return db.sql("SELECT cell, subject, kind FROM callback_token WHERE token_hash = :hash")
                .param("hash", hash(token))
                .query(
                        (row, n) ->
                                new About(
                                        new Cell(row.getShort("cell")),
                                        row.getObject("subject", UUID.class),
                                        row.getString("kind")))
                .optional();
    }

    /** Keeps a callback; one that came before is the same one. */
    void arrived(About about, String eventId, String type, Instant at) {
        db.sql(
                        """
                        INSERT INTO callback (cell, subject, kind, event_id, type, arrived_at)
                        VALUES (:cell, :subject, :kind, :event, :type, :at) ON CONFLICT DO NOTHING
                        """)
                .param("cell", about.cell().number())
                .param("subject", about.subject())
                .param("kind", about.kind())
                .param("event", eventId)
                .param("type", type)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
    }

    private byte[] hash(String token) {
        return index.of(token, HASH);
    }
}
