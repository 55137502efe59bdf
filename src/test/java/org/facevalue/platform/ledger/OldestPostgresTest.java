package org.facevalue.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.facevalue.story.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The oldest PostgreSQL we promise: migrations, write path and main job on Debian's package of 15. */
@EnabledIf("installed")
class OldestPostgresTest extends WritePathTest {
    private static final Path HOME = Path.of("/usr/lib/postgresql/15");
    private static World world15;

    OldestPostgresTest() {
        super(world());
    }

    static boolean installed() {
        return HOME.resolve("bin/postgres").toFile().canExecute();
    }

    private static synchronized World world() {
        if (world15 == null) world15 = World.on(HOME);
        return world15;
    }

    @AfterAll
    static void close() {
        if (world15 != null) world15.close();
    }

    @Test
    void it_is_the_version_that_it_says() throws SQLException {
        try (var connection = world.owner()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(15);
        }
    }

    @Test
    void a_cash_out_is_paid_there_too() {
        var minji = world.customer();
        var quote = minji.quote("face_value", 50_000, "eunmorae").path("id").asString();
        var ended = world.end(minji, minji.confirm(quote).path("id").asString());
        assertThat(ended.path("state").asString()).isEqualTo("PAID");
        assertThat(world.differences(minji, ended)).isEmpty();
    }
}
