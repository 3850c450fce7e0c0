package dev.jarvis.control.body;

import dev.jarvis.platform.body.BodyCipher;
import dev.jarvis.platform.body.BodyKeys;
import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads, opens and deletes kept bodies. */
final class BodyTable {
    /** A corrected record has an id of its own; the bodies are those of the attempt. */
    private static final String FIND = """
            SELECT b.day, b.attempt_id, b.request_id, b.user_id, users.username, b.caller_key_id, b.model, b.policy, b.streamed,
                   b.request, b.request_bytes, b.request_cut, b.answer, b.answer_bytes, b.answer_cut, b.recorded_at
            FROM llm_call_bodies b LEFT JOIN users ON users.id = b.user_id
            WHERE b.day = usage_day(:id)
              AND b.attempt_id = coalesce((SELECT u.corrects FROM llm_usage u
                                           WHERE u.day = usage_day(:id) AND u.attempt_id = :id), :id)
            """;

    private static final String DELETE = "DELETE FROM llm_call_bodies WHERE user_id = :user";

    private final BodyKeys keys;

    BodyTable(BodyKeys keys) {
        this.keys = keys;
    }

    /** @param id of a usage record */
    Optional<KeptBodies> find(Handle handle, UUID id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> opened(handle, row))
                .findOne();
    }

    private KeptBodies opened(Handle handle, ResultSet row) throws SQLException {
        LocalDate day = row.getObject("day", LocalDate.class);
        UUID attempt = row.getObject("attempt_id", UUID.class);
        BodyCipher cipher = keys.find(handle, day)
                .orElseThrow(() -> new IllegalStateException("the key of the bodies of " + day + " is gone"));
        return new KeptBodies(
                attempt,
                row.getString("request_id"),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                row.getObject("caller_key_id", UUID.class),
                row.getString("model"),
                row.getString("policy"),
                row.getBoolean("streamed"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                new KeptBodies.Body(
                        cipher.open(row.getBytes("request"), attempt, BodyCipher.Part.REQUEST),
                        row.getLong("request_bytes"),
                        row.getBoolean("request_cut")),
                new KeptBodies.Body(
                        cipher.open(row.getBytes("answer"), attempt, BodyCipher.Part.ANSWER),
                        row.getLong("answer_bytes"),
                        row.getBoolean("answer_cut")));
    }

    /** @return how many there were */
    int deleteOf(Handle handle, UUID user) {
        return handle.createUpdate(DELETE).bind("user", user).execute();
    }
}
