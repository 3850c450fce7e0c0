package dev.jarvis.control.audit;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Refusals;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the audit log. An act is recorded with the handle of its own transaction: when the record cannot be written the
 * transaction fails and the act does not happen. What is refused has nothing to undo; it is recorded on its own, and
 * stays refused when that fails.
 */
public final class Audit implements Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** Longer waits than this for the audit table refuse the act instead of hanging it. Milliseconds. */
    private static final int PATIENCE_MILLIS = 1_500;

    private static final int MAX_TEXT = 500;

    private static final String INSERT = """
            INSERT INTO audit_logs (id, actor_id, actor_name, caller_key_id, action, target_type, target_id, outcome,
                                    before, after, remote_addr, request_id, detail)
            VALUES (:id, CAST(:actorId AS uuid), :actorName, CAST(:callerKeyId AS uuid), :action, :targetType, :targetId,
                    :outcome, CAST(:before AS jsonb), CAST(:after AS jsonb), :remoteAddress, :requestId, :detail)
            """;

    private final Jdbi jdbi;
    private final AtomicLong unwritten = new AtomicLong();

    public Audit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Records an act that is being done, in its transaction.
     *
     * @param handle in the transaction of the act
     * @param action noun and verb: {@code model.create}, {@code user.update}, {@code key.revoke}
     * @param before what it was, as a view without secrets; {@code null} if it did not exist
     * @param after what it becomes; {@code null} if it ceases to exist
     * @throws Refusal 503 {@code audit_unavailable} if the record cannot be written; let it end the transaction
     */
    public void record(
            Handle handle, Call call, String action, Target target, @Nullable Object before, @Nullable Object after) {
        record(handle, Origin.of(call), action, target, before, after);
    }

    /** As above, for acts whose actor is not the caller of a request. */
    public void record(
            Handle handle,
            Origin origin,
            String action,
            @Nullable Target target,
            @Nullable Object before,
            @Nullable Object after) {
        try {
            insert(handle, origin, action, target, "done", json(before), json(after), null);
        } catch (JdbiException e) {
            LOG.error("audit record of {} cannot be written; the act is refused", action, e);
            throw Refusal.unavailable(
                    "audit_unavailable", "The change was not made because its audit record cannot be written.");
        }
    }

    /**
     * Records something that was refused, in a transaction of its own.
     *
     * @param detail why, as a stable code; never what the sender sent
     */
    public void recordRefused(Origin origin, String action, @Nullable Target target, String detail) {
        try {
            jdbi.useTransaction(handle -> insert(handle, origin, action, target, "refused", null, null, detail));
        } catch (JdbiException e) {
            LOG.error(
                    "audit record of refused {} cannot be written, {} so far", action, unwritten.incrementAndGet(), e);
        }
    }

    @Override
    public void refused(Call call, Refusal refusal) {
        recordRefused(
                Origin.of(call),
                "access.refused",
                new Target("route", call.method() + " " + call.path()),
                refusal.code());
    }

    /** Refused acts whose record could not be written since the start. */
    public long unwritten() {
        return unwritten.get();
    }

    private static void insert(
            Handle handle,
            Origin origin,
            String action,
            @Nullable Target target,
            String outcome,
            @Nullable String before,
            @Nullable String after,
            @Nullable String detail) {
        handle.createQuery("SELECT set_config('statement_timeout', :millis, true)")
                .bind("millis", Integer.toString(PATIENCE_MILLIS))
                .mapTo(String.class)
                .one();
        handle.createUpdate(INSERT)
                .bind("id", Uuid7.next())
                .bind("actorId", origin.actorId())
                .bind("actorName", plain(origin.actorName()))
                .bind("callerKeyId", origin.callerKeyId())
                .bind("action", action)
                .bind("targetType", target == null ? null : target.type())
                .bind("targetId", target == null ? null : plain(target.id()))
                .bind("outcome", outcome)
                .bind("before", before)
                .bind("after", after)
                .bind("remoteAddress", plain(origin.remoteAddress()))
                .bind("requestId", origin.requestId())
                .bind("detail", plain(detail))
                .execute();
    }

    private static @Nullable String json(@Nullable Object view) {
        return view == null ? null : Json.MAPPER.writeValueAsString(view);
    }

    /** Text from outside, cut to size, with the characters that could forge a line or hide one made visible. */
    private static @Nullable String plain(@Nullable String text) {
        if (text == null) {
            return null;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(MAX_TEXT).forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
        return plain.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
