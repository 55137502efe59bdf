package org.facevalue.platform.ledger;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.facevalue.platform.ledger.Outcome.Refused;
import org.jspecify.annotations.Nullable;

/** All that knows SQL about the write path. A port: PostgreSQL in production, memory where a test runs the jobs without a database. */
interface Store {

    /**
     * Begins the work of one command and claims its key; whoever claims the same key waits until this work ends.
     *
     * @param claimant of this very try to commit, kept with the key
     */
    Work claim(CommandKey key, UUID claimant);

    /** One transaction. Closing it without a commit undoes it. */
    interface Work extends AutoCloseable {
        /** Whether the key was free. When it was not, nothing else may be called. */
        boolean mine();

        /** Who has claimed the key before; only when it was not free. */
        UUID earlier();

        /** Locks the accounts, in the order of their ids, making rows for those that have none. */
        Map<UUID, Balance> lock(Collection<Account> accounts);

        /** Locks the holds and gives the amounts of those that are open. */
        Map<UUID, Long> openHolds(Collection<UUID> holds);

        /** Locks and tests conditions, in the order of their tables; the first that does not hold, or null. */
        @Nullable Refused test(List<Condition<?>> conditions);

        /** Runs effects, in the order of their tables; the first that changed another number of rows than it should, or null. */
        @Nullable Refused apply(List<Effect<?>> effects);

        /**
         * Writes the rest and commits.
         *
         * @return null, or why not: somebody wrote the subject's next event first
         * @throws LostAtCommit when the answer to the commit did not come
         */
        @Nullable Refused commit(Command command, Plan.Write plan) throws LostAtCommit;

        @Override
        void close();
    }

    /** It may have committed or not. */
    final class LostAtCommit extends Exception {
        private static final long serialVersionUID = 1L;

        LostAtCommit(Throwable cause) {
            super(cause);
        }
    }
}
