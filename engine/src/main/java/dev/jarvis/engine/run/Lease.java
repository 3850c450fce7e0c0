package dev.jarvis.engine.run;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * An engine's hold on a root run and all runs below it. Whatever an engine writes of a run it works on, it writes in a transaction
 * that asks first whether the run is still its own: one that stood still may have lost it without knowing.
 */
record Lease(UUID root, UUID owner) {
    /** The weakest lock that whoever takes a run over must wait for; the lease can be renewed beside it. */
    private static final String HOLD = "SELECT 1 FROM runs WHERE id = :root AND lease_owner = :owner FOR KEY SHARE";

    /**
     * Takes the lease anew, for what no transaction can guard: something that is done elsewhere and cannot be undone.
     *
     * @throws LostLeaseException if somebody else has it
     */
    void renew(Handle handle, Duration lasts) {
        LostLeaseException.unless(
                !RunTable.renew(handle, owner, List.of(root), lasts).isEmpty());
    }

    /** Until the transaction ends nobody takes the run over. @throws LostLeaseException if somebody has */
    void hold(Handle handle) {
        LostLeaseException.unless(handle.createQuery(HOLD)
                .bind("root", root)
                .bind("owner", owner)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }
}
