package org.facevalue.platform.ledger;

import org.facevalue.platform.ledger.AccountKind.Side;

/**
 * An account as it stands, in minor units on its own side.
 *
 * @param held set aside by holds, still part of {@code balance}
 * @param version counts the postings and holds that touched it
 */
public record Balance(Account account, long balance, long held, long version) {

    static Balance opened(Account account) {
        return new Balance(account, 0, 0, 0);
    }

    long available() {
        return balance - held;
    }

    Balance moved(Side side, long minor) {
        long change = account.kind().side() == side ? minor : Math.negateExact(minor);
        return new Balance(account, Math.addExact(balance, change), held, version + 1);
    }

    Balance holding(long minor) {
        return new Balance(account, balance, Math.addExact(held, minor), version + 1);
    }

    boolean belowFloor() {
        return account.kind().floored() && available() < 0;
    }
}
