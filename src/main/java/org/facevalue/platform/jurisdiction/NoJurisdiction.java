package org.facevalue.platform.jurisdiction;

import java.time.ZoneId;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Outside the sandbox no jurisdiction is configured: the answer to every route is no. */
@Component
@Profile("!sandbox")
class NoJurisdiction implements Jurisdictions {
    @Override
    public Verdict ask(Route route) {
        return new Verdict.Refused("no-rule-pack", "line");
    }

    @Override
    public boolean isLine(String number) {
        return false;
    }

    @Override
    public boolean isAccount(String number) {
        return false;
    }

    @Override
    public Optional<ZoneId> zone() {
        return Optional.empty();
    }
}
