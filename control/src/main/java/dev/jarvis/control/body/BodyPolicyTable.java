package dev.jarvis.control.body;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of {@code body_policies}. */
final class BodyPolicyTable {
    private static final RowMapper<BodyPolicyEntry> ROW = (row, context) -> new BodyPolicyEntry(
            row.getString("scope"),
            row.getObject("subject_id", UUID.class),
            row.getString("policy"),
            row.getObject("updated_at", OffsetDateTime.class).toInstant());

    private static final String LIST =
            "SELECT scope, subject_id, policy, updated_at FROM body_policies ORDER BY scope, subject_id";
    private static final String FIND = """
            SELECT scope, subject_id, policy, updated_at FROM body_policies
            WHERE scope = :scope AND subject_id = :subject FOR UPDATE
            """;
    private static final String PUT = """
            INSERT INTO body_policies (scope, subject_id, policy) VALUES (:scope, :subject, :policy)
            ON CONFLICT (scope, subject_id) DO UPDATE SET policy = excluded.policy, updated_at = now()
            RETURNING scope, subject_id, policy, updated_at
            """;
    private static final String DELETE = "DELETE FROM body_policies WHERE scope = :scope AND subject_id = :subject";
    private static final String EXISTS = """
            SELECT CASE CAST(:scope AS text)
                   WHEN 'model' THEN EXISTS (SELECT 1 FROM llm_models WHERE id = :subject)
                   WHEN 'caller_key' THEN EXISTS (SELECT 1 FROM caller_keys WHERE id = :subject)
                   END
            """;

    private BodyPolicyTable() {}

    static List<BodyPolicyEntry> list(Handle handle) {
        return handle.createQuery(LIST).map(ROW).list();
    }

    static Optional<BodyPolicyEntry> lock(Handle handle, String scope, UUID subject) {
        return handle.createQuery(FIND)
                .bind("scope", scope)
                .bind("subject", subject)
                .map(ROW)
                .findOne();
    }

    static boolean subjectExists(Handle handle, String scope, UUID subject) {
        return handle.createQuery(EXISTS)
                .bind("scope", scope)
                .bind("subject", subject)
                .mapTo(Boolean.class)
                .one();
    }

    static BodyPolicyEntry put(Handle handle, String scope, UUID subject, String policy) {
        return handle.createQuery(PUT)
                .bind("scope", scope)
                .bind("subject", subject)
                .bind("policy", policy)
                .map(ROW)
                .one();
    }

    static void delete(Handle handle, String scope, UUID subject) {
        handle.createUpdate(DELETE)
                .bind("scope", scope)
                .bind("subject", subject)
                .execute();
    }
}
