package org.facevalue.platform.wallet;

import org.facevalue.platform.customer.CustomerId;

/** One wallet a customer, without a database. */
public final class BareWallets extends Wallets {
    public BareWallets() {
        super(null, null, null);
    }

    @Override
    public WalletId defaultOf(CustomerId customer) {
        return new WalletId(customer.value());
    }
}
