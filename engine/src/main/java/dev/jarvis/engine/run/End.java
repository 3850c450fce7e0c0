package dev.jarvis.engine.run;

import dev.jarvis.engine.model.Stop;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * How a run comes to stand.
 *
 * @param status {@code done}, {@code failed}, {@code cancelled}, {@code waiting} or {@code queued}
 * @param asked the call that a person must decide on, of this run or of one below it; {@code null}: none
 */
record End(
        String status,
        @Nullable String code,
        @Nullable String message,
        String text,
        @Nullable StepRow asked) {
    private End(String status, @Nullable String code, @Nullable String message, String text) {
        this(status, code, message, text, null);
    }

    static End done(String text) {
        return new End("done", null, null, text);
    }

    static End failed(String code, String message) {
        return new End("failed", code, message, "");
    }

    static End cancelled() {
        return new End("cancelled", "run_cancelled", "The run was stopped by its user.", "");
    }

    /** A person must decide first. */
    static End waiting(StepRow asked) {
        return new End("waiting", null, null, "", asked);
    }

    /** This engine stops; another may go on. */
    static End handedOver() {
        return new End("queued", null, null, "");
    }

    /** What a run comes to that was asked to stop; empty: it was not. */
    static Optional<End> asked(Stop stop) {
        String reason = stop.reason();
        if (reason == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (reason) {
                    case "cancelled" -> cancelled();
                    case "deadline" -> failed("max_seconds_reached", "The run took longer than it may.");
                    default -> handedOver();
                });
    }

    boolean isOver() {
        return !status.equals("waiting") && !status.equals("queued");
    }
}
