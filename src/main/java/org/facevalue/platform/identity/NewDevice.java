package org.facevalue.platform.identity;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.DeviceKeys.DeviceKeyId;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.springframework.stereotype.Component;

/** Adds a device key to a customer who is there already: with password and a code of this minute, never by the session alone. */
@Component
public class NewDevice {
    private final Ledger ledger;
    private final Journal journal;
    private final Logins logins;
    private final DeviceKeys deviceKeys;
    private final Ids ids;
    private final java.time.Clock clock;

    NewDevice(
            Ledger ledger,
            Journal journal,
            Logins logins,
            DeviceKeys deviceKeys,
            Ids ids,
            java.time.Clock clock) {
        this.ledger = ledger;
        this.journal = journal;
        this.logins = logins;
        this.deviceKeys = deviceKeys;
        this.ids = ids;
        this.clock = clock;
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
        while (true) {
            var event =
                    new Event(
                            Cell.FIRST,
                            ids.next(),
                            "cu",
                            caller.subject(),
                            journal.nextSequence(Cell.FIRST, caller.subject()),
                            "device-key-added",
                            now,
                            Map.of("device_key", id.shown()));
            var command =
                    new Command(
                            new CommandKey(Cell.FIRST, id.value() + "/add"),
                            List.of(),
                            List.of(),
                            List.of(
                                    DeviceKeys.add(
                                            Cell.FIRST,
                                            id,
                                            caller.subject(),
                                            publicKey,
                                            label,
                                            now)),
                            List.of(event));
            // Another event of this customer was written meanwhile: take the next number.
            if (!(ledger.commit(command) instanceof Outcome.Refused.Moved))
                return new Result.Added(id);
        }
    }
}
