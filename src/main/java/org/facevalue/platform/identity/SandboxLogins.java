package org.facevalue.platform.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The logins that a sandbox has from the start, with credentials made at random by the supervisor and kept in the folder of keys: the sandbox's own
 * client, the reader of metrics, and one member of the staff for each role. Outside the sandbox there is none of them.
 */
@Component
@Profile("sandbox")
class SandboxLogins implements InitializingBean {
    private final Logins logins;
    private final ApiKeys apiKeys;
    private final Ledger ledger;
    private final Ids ids;
    private final Path keys;

    SandboxLogins(
            Logins logins,
            ApiKeys apiKeys,
            Ledger ledger,
            Ids ids,
            @Value("${facevalue.keys}") Path keys) {
        this.logins = logins;
        this.apiKeys = apiKeys;
        this.ledger = ledger;
        this.ids = ids;
        this.keys = keys;
    }

    @Override
    public void afterPropertiesSet() throws IOException {
        program("sandbox-client", Role.SANDBOX);
        program("metrics-client", Role.METRICS);
        for (var role : Role.values()) if (role.isStaff()) staff(role);
    }

    /** The file holds the API key. */
    private void program(String name, Role role) throws IOException {
        var key = Files.readString(keys.resolve(name)).strip();
        if (apiKeys.caller(key).isPresent()) return;
        add(new Logins.NewLogin(name, Secret.next().shown(), Totp.newSecret(), role));
        apiKeys.admit(logins.named(name).orElseThrow(), key);
    }

    /** The file holds name, password and TOTP secret, a line each; the name is the role's. Who was let go stays so. */
    private void staff(Role role) throws IOException {
        var lines = Files.readAllLines(keys.resolve("staff-" + lower(role)));
        add(new Logins.NewLogin(lines.get(0), lines.get(1), lines.get(2), role));
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Whose name is taken is there already. */
    private void add(Logins.NewLogin login) {
        var subject = ids.next();
        ledger.commit(
                new Command(
                        new CommandKey(Cell.FIRST, subject + "/login"),
                        List.of(),
                        List.of(),
                        List.of(logins.add(Cell.FIRST, subject, login)),
                        List.of()));
    }
}
