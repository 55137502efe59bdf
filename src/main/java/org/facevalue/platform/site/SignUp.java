package org.facevalue.platform.site;

import java.util.List;
import java.util.Map;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identifier.Cell;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.DeviceKeys.DeviceKeyId;
import org.facevalue.platform.identity.Logins;
import org.facevalue.platform.identity.Logins.NewLogin;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.ledger.Command;
import org.facevalue.platform.ledger.CommandKey;
import org.facevalue.platform.ledger.Effect;
import org.facevalue.platform.ledger.Ledger;
import org.facevalue.platform.ledger.Outcome;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wallet.Wallets;
import org.springframework.stereotype.Component;

/** Makes a customer with all that one has from the start: a login, a device key, a freeze row, a wallet. */
@Component
public class SignUp {
    private final Ledger ledger;
    private final Customers customers;
    private final Logins logins;
    private final DeviceKeys deviceKeys;
    private final Wallets wallets;
    private final Ids ids;
    private final BusinessClock clock;

    SignUp(
            Ledger ledger,
            Customers customers,
            Logins logins,
            DeviceKeys deviceKeys,
            Wallets wallets,
            Ids ids,
            BusinessClock clock) {
        this.ledger = ledger;
        this.customers = customers;
        this.logins = logins;
        this.deviceKeys = deviceKeys;
        this.wallets = wallets;
        this.ids = ids;
        this.clock = clock;
    }

    public sealed interface Result {
        record Made(CustomerId customer, DeviceKeyId deviceKey) implements Result {}

        record WeakPassword() implements Result {}

        record NameTaken() implements Result {}
    }

    /** @param deviceKey what {@link DeviceKeys#parse} gave */
    public Result signUp(String name, NewLogin login, byte[] deviceKey) {
        if (!logins.acceptable(login)) return new Result.WeakPassword();
        var customer = customers.nextId();
        var key = deviceKeys.nextId();
        var now = clock.now();
        var cell = Cell.FIRST;
        var effects =
                List.<Effect<?>>of(
                        logins.add(cell, customer.value(), login),
                        customers.add(cell, customer, name, now),
                        DeviceKeys.add(cell, key, customer.value(), deviceKey, "1", now),
                        Freezes.open(cell, customer),
                        wallets.open(cell, customer));
        var event =
                new Event(cell, ids.next(), "cu", customer.value(), 1, "signed-up", now, Map.of());
        var outcome =
                ledger.commit(
                        new Command(
                                new CommandKey(cell, customer.value() + "/sign-up"),
                                List.of(),
                                List.of(),
                                effects,
                                List.of(event)));
        return outcome instanceof Outcome.Committed
                ? new Result.Made(customer, key)
                : new Result.NameTaken();
    }
}
