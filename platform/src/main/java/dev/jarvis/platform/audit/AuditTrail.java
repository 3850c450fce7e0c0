package dev.jarvis.platform.audit;

import dev.jarvis.platform.http.Call;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Keeps a record of what somebody did, in the transaction of the act: if the record cannot be written, the act does not happen. */
@FunctionalInterface
public interface AuditTrail {
    /**
     * @param handle in the transaction of the act
     * @param action noun and verb: {@code agent.create}
     * @param noun of what it was done to
     * @param before what it was, as a view without secrets; {@code null} if it did not exist
     * @param after what it becomes; {@code null} if it ceases to exist
     */
    void record(
            Handle handle,
            Call call,
            String action,
            String noun,
            UUID id,
            @Nullable Object before,
            @Nullable Object after);
}
