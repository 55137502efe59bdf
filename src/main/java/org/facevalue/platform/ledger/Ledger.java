package org.facevalue.platform.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.facevalue.platform.ledger.Movement.Hold;
import org.facevalue.platform.ledger.Movement.Posting;
import org.facevalue.platform.ledger.Movement.Release;
import org.facevalue.platform.ledger.Movement.Settle;
import org.facevalue.platform.ledger.Outcome.Committed;
import org.facevalue.platform.ledger.Outcome.Replayed;
import org.springframework.dao.TransientDataAccessException;

/** The one way to change what money depends on. Nobody else opens a transaction around a posting. */
public final class Ledger {
    private static final int TRIES = 5;
    private final Store store;
    private final AtomicLong conflicts = new AtomicLong();

    Ledger(Store store) {
        this.store = store;
    }

    /**
     * Commits all of {@code command} or nothing. Conflicts of locking are tried again; after a lost answer the key is claimed once more, which waits
     * for the unfinished transaction and then says whether it was.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be reached: nothing is known to have happened, and the same
     *     command may be committed again
     */
    public Outcome commit(Command command) {
        var claimant = UUID.randomUUID();
        for (int tried = 1; ; tried++) {
            try {
                return once(command, claimant);
            } catch (Store.LostAtCommit noAnswer) {
                if (tried == TRIES)
                    throw new IllegalStateException(
                            "no answer at commit: " + command.key(), noAnswer);
            } catch (TransientDataAccessException conflict) {
                if (tried == TRIES) throw conflict;
                conflicts.incrementAndGet();
            }
        }
    }

    /** How often two commands were in each other's way and one was tried again: with locks taken in order, never. */
    public long conflicts() {
        return conflicts.get();
    }

    private Outcome once(Command command, UUID claimant) throws Store.LostAtCommit {
        try (var work = store.claim(command.key(), claimant)) {
            // Claimed by this very command before its answer got lost: it did commit. Claimed by
            // somebody else who wanted the same: it was so already.
            if (!work.mine())
                return work.earlier().equals(claimant)
                        ? new Committed(command.key())
                        : new Replayed(command.key());
            var accounts = work.lock(accounts(command.movements()));
            var holds = work.openHolds(holds(command.movements()));
            var unmet = work.test(command.conditions());
            if (unmet != null) return unmet;
            return switch (Plan.of(command.movements(), accounts, holds)) {
                case Plan.No(var refusal) -> refusal;
                case Plan.Write write -> {
                    var moved = work.apply(command.effects());
                    if (moved != null) yield moved;
                    var late = work.commit(command, write);
                    yield late == null ? new Committed(command.key()) : late;
                }
            };
        }
    }

    private static LinkedHashSet<Account> accounts(List<Movement> movements) {
        var accounts = new LinkedHashSet<Account>();
        for (var movement : movements)
            switch (movement) {
                case Posting p -> accounts.addAll(List.of(p.from(), p.to()));
                case Hold hold -> accounts.add(hold.account());
                case Settle settle -> accounts.addAll(List.of(settle.account(), settle.to()));
                case Release release -> accounts.add(release.account());
            }
        return accounts;
    }

    private static List<UUID> holds(List<Movement> movements) {
        var holds = new ArrayList<UUID>();
        for (var movement : movements)
            switch (movement) {
                case Settle settle -> holds.add(settle.hold());
                case Release release -> holds.add(release.hold());
                case Posting p -> {}
                case Hold hold -> {}
            }
        return holds;
    }
}
