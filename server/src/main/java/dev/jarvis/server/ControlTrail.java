package dev.jarvis.server;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.audit.AuditTrail;
import dev.jarvis.platform.http.Call;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Control's audit log, for the engine, which knows nothing of control. */
final class ControlTrail implements AuditTrail {
    private final Audit audit;

    ControlTrail(Jdbi jdbi) {
        this.audit = new Audit(jdbi);
    }

    @Override
    public void record(
            Handle handle,
            Call call,
            String action,
            String noun,
            UUID id,
            @Nullable Object before,
            @Nullable Object after) {
        audit.record(handle, call, action, Target.of(noun, id), before, after);
    }
}
