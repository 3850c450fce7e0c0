package dev.jarvis.engine.run;

import org.jspecify.annotations.Nullable;

/** How a run comes to stand. @param status {@code done}, {@code failed}, {@code cancelled}, {@code waiting} or {@code queued} */
record End(String status, @Nullable String code, @Nullable String message, String text) {
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
    static End waiting() {
        return new End("waiting", null, null, "");
    }

    /** This engine stops; another may go on. */
    static End handedOver() {
        return new End("queued", null, null, "");
    }

    boolean isOver() {
        return !status.equals("waiting") && !status.equals("queued");
    }
}
