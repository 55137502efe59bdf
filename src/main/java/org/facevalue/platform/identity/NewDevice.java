package org.facevalue.platform.identity;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identity.DeviceKeys.DeviceKeyId;
import org.facevalue.platform.ledger.Facts;
import org.facevalue.platform.ledger.Facts.Fact;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.springframework.stereotype.Component;

/** Adds a device key to a customer who is there already: with password and a code of this minute, never by the session alone. */
@Component
public class NewDevice {
    private final Facts facts;
    private final Logins logins;
    private final DeviceKeys deviceKeys;
    private final java.time.Clock clock;
    private final BusinessClock events;

    NewDevice(
            Facts facts,
            Logins logins,
            DeviceKeys deviceKeys,
            java.time.Clock clock,
            BusinessClock events) {
        this.facts = facts;
        this.logins = logins;
        this.deviceKeys = deviceKeys;
        this.clock = clock;
        this.events = events;
    }

    public sealed interface Result {
        record Added(DeviceKeyId id) implements Result {}

        record NotProven() implements Result {}
    }

    /** @param publicKey 32 bytes that {@link DeviceKeys#parse} gave */
    public Result add(Caller caller, byte[] publicKey, String label, String password, String code) {
        if (!logins.proves(caller.login(), password, code)) return new Result.NotProven();
        var id = deviceKeys.nextId();
        var now = clock.instant();
        var added =
                new Fact(
                        Cell.FIRST,
                        "cu",
                        caller.subject(),
                        "device-key-added",
                        events.now(),
                        Map.of("device_key", id.shown()));
        var row = DeviceKeys.add(Cell.FIRST, id, caller.subject(), publicKey, label, now);
        var outcome = facts.commit(id.value() + "/add", added, List.of(row));
        if (outcome instanceof Outcome.Committed) return new Result.Added(id);
        throw new IllegalStateException("a new identifier cannot be taken: " + outcome);
    }
}
