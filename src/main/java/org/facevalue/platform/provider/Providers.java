package org.facevalue.platform.provider;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.ledger.Column;
import org.facevalue.platform.ledger.Condition;
import org.facevalue.platform.ledger.ConditionKind;
import org.facevalue.platform.money.BasisPoints;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code provider}. */
@Component
public class Providers {
    private final JdbcClient db;

    Providers(JdbcClient db) {
        this.db = db;
    }

    private record Key(Cell cell, String code, Instant now) {}

    private static final ConditionKind<Key> AUTHORISED =
            new ConditionKind<>(
                    "provider.authorised",
                    "provider",
                    """
                    SELECT p.code FROM provider p JOIN unnest(?::smallint[], ?::text[], ?::timestamptz[]) AS n(cell, code, now)
                        ON p.cell = n.cell AND p.code = n.code
                     WHERE p.active AND p.valid_until > n.now FOR SHARE OF p
                    """,
                    List.of(
                            new Column<>("cell", "smallint", k -> k.cell().number()),
                            new Column<>("code", "text", Key::code),
                            new Column<>("now", "timestamptz", Key::now)));

    /** Holds while the provider is authorised at {@code now}. */
    public static Condition<?> authorised(Cell cell, String code, Instant now) {
        return new Condition<>(AUTHORISED, new Key(cell, code, now));
    }

    public static boolean isAuthorised(ConditionKind<?> kind) {
        return kind == AUTHORISED;
    }

    /** All there are, the authorised and the others. */
    public List<Provider> all() {
        return db.sql("SELECT * FROM provider WHERE cell = 0 ORDER BY code")
                .query((row, n) -> provider(row))
                .list();
    }

    public Optional<Provider> provider(String code) {
        return db.sql("SELECT * FROM provider WHERE cell = 0 AND code = :code")
                .param("code", code)
                .query((row, n) -> provider(row))
                .optional();
    }

    /** Enters a provider, or moves where it is reached when it is there already: status and licence stay. */
    public void enter(Provider provider) {
        db.sql(
                        """
                        INSERT INTO provider (cell, code, korean, english, jurisdiction, licence, active, valid_until, fee_bps, seconds, lag_millis, address)
                        VALUES (0, :code, :korean, :english, :jurisdiction, :licence, :active, :validUntil, :fee, :seconds, :lag, :address)
                        ON CONFLICT (cell, code) DO UPDATE SET address = excluded.address, lag_millis = excluded.lag_millis
                        """)
                .param("code", provider.code())
                .param("korean", provider.korean())
                .param("english", provider.english())
                .param("jurisdiction", provider.jurisdiction())
                .param("licence", provider.licence())
                .param("active", provider.active())
                .param("validUntil", provider.validUntil().atOffset(ZoneOffset.UTC))
                .param("fee", provider.fee().value())
                .param("seconds", provider.seconds())
                .param("lag", provider.lag().toMillis())
                .param("address", provider.address().toString())
                .update();
    }

    /** What the regulator's register says of a provider; false when there is none of that code. */
    public boolean licensed(String code, boolean valid) {
        return db.sql("UPDATE provider SET active = :valid WHERE cell = 0 AND code = :code")
                        .param("code", code)
                        .param("valid", valid)
                        .update()
                == 1;
    }

    private static Provider provider(ResultSet row) throws SQLException {
        return new Provider(
                row.getString("code"),
                row.getString("korean"),
                row.getString("english"),
                row.getString("jurisdiction"),
                row.getString("licence"),
                row.getBoolean("active"),
                row.getTimestamp("valid_until").toInstant(),
                new BasisPoints(row.getInt("fee_bps")),
                row.getInt("seconds"),
                Duration.ofMillis(row.getLong("lag_millis")),
                URI.create(row.getString("address")));
    }
}
