package org.facevalue.platform.jurisdiction;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The fictional jurisdiction ZZ. It loads in the sandbox only, and knows only what is the sandbox's. */
@Component
@Profile("sandbox")
class SandboxPack implements Jurisdictions {
    private final Pack pack;
    private final Pattern line;
    private final Pattern account;

    SandboxPack(JsonMapper json) throws IOException {
        try (InputStream in = SandboxPack.class.getResourceAsStream("/rulepacks/zz/pack.json")) {
            pack = json.readValue(in, Pack.class);
        }
        line = Pattern.compile(pack.linePattern());
        account = Pattern.compile(pack.accountPattern());
    }

    private record Pack(
            String jurisdiction,
            String version,
            String zone,
            String linePattern,
            String accountPattern,
            String host,
            String holding,
            List<Rule> rules) {}

    private record Rule(String id, String effect, String citation, String ko, String en) {}

    @Override
    public Verdict ask(Route route) {
        if (!isLine(route.line())) return new Verdict.Refused("no-rule-pack", "line");
        if (!isAccount(route.account())) return new Verdict.Refused("no-rule-pack", "account");
        for (var party : route.parties())
            if (!pack.host().equals(party.getHost()))
                return new Verdict.Refused("no-rule-pack", "party");
        return new Verdict.Permitted(
                pack.jurisdiction(),
                pack.version(),
                pack.rules().stream()
                        .map(
                                rule ->
                                        new Verdict.Citation(
                                                rule.id(), rule.citation(), rule.ko(), rule.en()))
                        .toList(),
                pack.rules().stream()
                        .anyMatch(
                                rule ->
                                        rule.id().equals(pack.holding())
                                                && rule.effect().equals("permitted")));
    }

    @Override
    public boolean isLine(String number) {
        return line.matcher(number).matches();
    }

    @Override
    public boolean isAccount(String number) {
        return account.matcher(number).matches();
    }

    @Override
    public Optional<ZoneId> zone() {
        return Optional.of(ZoneId.of(pack.zone()));
    }
}
