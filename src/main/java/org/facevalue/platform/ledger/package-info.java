/**
 * Accounts, postings and balances, and the one way to change what money depends on: {@code Ledger.commit(Command)}. Owns {@code account},
 * {@code ledger_transaction}, {@code posting}, {@code hold} and {@code command_key}. Keeps: debits equal credits at every commit, no floored account
 * goes below its floor, one key commits once. Read {@link org.facevalue.platform.ledger.Command} first.
 */
@ApplicationModule(
        displayName = "Ledger",
        allowedDependencies = {"identifier", "money", "journal"})
@NullMarked
package org.facevalue.platform.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
