package dev.jarvis.engine.run;

import dev.jarvis.platform.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells of runs that nobody works on; those that somebody works on tell for themselves ({@link RunJournal}). */
final class Announcements {
    private final Jdbi jdbi;
    private final EventHub hub;

    Announcements(Jdbi jdbi, EventHub hub) {
        this.jdbi = jdbi;
        this.hub = hub;
    }

    /** Ends a run of this engine as failed, with all below it. @throws LostLeaseException if it is another engine's by now */
    void fail(Lease mine, String code, String message) {
        jdbi.useTransaction(handle -> {
            mine.hold(handle);
            failAll(handle, mine.root(), code, message);
        });
    }

    /** Ends a run that no engine can or may go on with, if it is still such a one. */
    void failAbandoned(UUID run, String code, String message) {
        jdbi.useTransaction(handle -> {
            if (RunTable.lockAbandoned(handle, run)) {
                failAll(handle, run, code, message);
            }
        });
    }

    private void failAll(Handle handle, UUID root, String code, String message) {
        end(handle, root, code, message);
        RunTable.failAll(handle, root, code, message);
    }

    /** Tells the end of a run, which the transaction stores. */
    void end(Handle handle, UUID run, String code, String message) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("answer_id", null);
        data.put("code", code);
        data.put("message", message);
        tell(handle, run, "run.failed", data);
    }

    /** @param root whose watchers were asked too */
    void decision(Handle handle, UUID root, UUID run, String callId, boolean approved) {
        for (UUID told : root.equals(run) ? List.of(run) : List.of(root, run)) {
            tell(handle, told, "approval.decided", Map.of("run_id", run, "call_id", callId, "approved", approved));
        }
    }

    private void tell(Handle handle, UUID run, String type, Map<String, ?> data) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("run_id", run);
        all.put("at", Instant.now().toString());
        all.putAll(data);
        Event event = new Event(EventTable.last(handle, run) + 1, type, Json.MAPPER.writeValueAsString(all));
        EventTable.insert(handle, run, List.of(event));
        handle.afterCommit(() -> hub.tell(run, List.of(event)));
    }
}
