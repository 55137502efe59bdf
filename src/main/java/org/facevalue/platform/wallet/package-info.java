/**
 * A customer's named pots of money in the ledger; here the one that every customer has. Owns {@code wallet}. Keeps: a wallet's money is its ledger
 * account's balance, never below zero. Read {@link org.facevalue.platform.wallet.Wallets} first.
 */
@ApplicationModule(
        displayName = "Wallet",
        allowedDependencies = {"identifier", "money", "ledger", "customer"})
@NullMarked
package org.facevalue.platform.wallet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
