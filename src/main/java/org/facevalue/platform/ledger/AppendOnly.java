package org.facevalue.platform.ledger;

import java.util.List;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to start where this role could alter what must never be altered, or owns any table: then the log would be worth nothing. */
@Component
class AppendOnly implements InitializingBean {
    private final JdbcClient db;

    AppendOnly(JdbcClient db) {
        this.db = db;
    }

    @Override
    public void afterPropertiesSet() {
        var could =
                db.sql(
                                """
                                SELECT t || ': ' || p
                                  FROM unnest(ARRAY['posting', 'event', 'log_place']) AS t,
                                       unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p
                                 WHERE has_table_privilege(t, p)
                                UNION ALL
                                SELECT tablename || ': OWNER' FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user
                                """)
                        .query(String.class)
                        .list();
        if (!could.isEmpty()) throw new TooPowerful(could);
    }

    static final class TooPowerful extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooPowerful(List<String> could) {
            super(
                    "The platform's database role may do what nobody may: "
                            + String.join(", ", could)
                            + ". Give it the run role that the supervisor makes, not the owner's.");
        }
    }
}
