package org.facevalue.platform.quote;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.EffectKind;
import org.facevalue.verify.CanonicalJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code quote}: the signed document, sealed, and whether it was used. */
@Component
public class QuoteRows {
    private static final Logger LOG = LoggerFactory.getLogger(QuoteRows.class);
    private static final String DOCUMENT = "quote.document";
    private final JdbcClient db;
    private final Vault vault;
    private final JsonMapper json;

    QuoteRows(JdbcClient db, Vault vault, JsonMapper json) {
        this.db = db;
        this.vault = vault;
        this.json = json;
    }

    public record Row(Terms terms, String digest, String signature) {}

    private record Use(Cell cell, UUID id, UUID by, Instant now) {}

    private static final EffectKind<Use> USE =
            new EffectKind<>(
                    "quote.use",
                    "quote",
                    """
                    UPDATE quote AS q SET used_by = n.used_by
                      FROM unnest(?::smallint[], ?::uuid[], ?::uuid[], ?::timestamptz[]) AS n(cell, id, used_by, now)
                     WHERE q.cell = n.cell AND q.id = n.id AND q.used_by IS NULL AND q.expires_at > n.now
                    """,
                    List.of(
                            new Column<>("cell", "smallint", u -> u.cell().number()),
                            new Column<>("id", "uuid", Use::id),
                            new Column<>("used_by", "uuid", Use::by),
                            new Column<>("now", "timestamptz", Use::now)));

    /** Uses the quote for {@code by}; refuses the command when it was used or has expired at {@code now}. */
    public static Effect<?> use(Terms terms, UUID by, Instant now) {
        return new Effect<>(USE, new Use(terms.cell(), terms.id().value(), by, now));
    }

    void add(Quote quote) {
        var terms = quote.terms();
        var document =
                new String(CanonicalJson.bytes(TermsDocument.of(terms)), StandardCharsets.UTF_8);
        db.sql(
                        """
                        INSERT INTO quote (cell, id, customer, document, digest, signature, expires_at)
                        VALUES (:cell, :id, :customer, :document, :digest, :signature, :expiresAt)
                        """)
                .param("cell", terms.cell().number())
                .param("id", terms.id().value())
                .param("customer", terms.customer().value())
                .param("document", vault.seal(document, DOCUMENT).bytes())
                .param("digest", quote.digest())
                .param("signature", quote.signature())
                .param("expiresAt", terms.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Row> of(QuoteId id) {
        return db.sql("SELECT document, digest, signature FROM quote WHERE id = :id")
                .param("id", id.value())
                .query(
                        (row, n) ->
                                new Row(
                                        terms(row.getBytes("document")),
                                        row.getString("digest"),
                                        row.getString("signature")))
                .optional();
    }

    /** The terms of all of these that can be read; one that cannot is logged, and the others are not held up by it. */
    Map<QuoteId, Terms> terms(Collection<QuoteId> ids) {
        if (ids.isEmpty()) return Map.of();
        var found = new HashMap<QuoteId, Terms>();
        db.sql("SELECT id, document FROM quote WHERE id IN (:ids)")
                .param("ids", ids.stream().map(QuoteId::value).toList())
                .query(
                        row -> {
                            var id = new QuoteId(row.getObject("id", UUID.class));
                            try {
                                found.put(id, terms(row.getBytes("document")));
                            } catch (RuntimeException e) {
                                LOG.error("{} cannot be read", id.shown(), e);
                            }
                        });
        return found;
    }

    /** The latest ones. */
    List<QuoteId> latest(int most) {
        return db.sql("SELECT id FROM quote ORDER BY id DESC LIMIT :most")
                .param("most", most)
                .query((row, n) -> new QuoteId(row.getObject("id", UUID.class)))
                .list();
    }

    private Terms terms(byte[] document) {
        return TermsDocument.read(json.readTree(vault.open(new Sealed(document), DOCUMENT)));
    }

    Optional<UUID> usedBy(QuoteId id) {
        return db.sql("SELECT used_by FROM quote WHERE id = :id AND used_by IS NOT NULL")
                .param("id", id.value())
                .query(UUID.class)
                .optional();
    }
}
