package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Every change of a model leaves its record, or does not happen. */
class ModelAuditTest {
    private static RunningModels models;

    @BeforeAll
    static void start() throws Exception {
        models = new RunningModels();
    }

    @AfterAll
    static void stop() throws Exception {
        models.close();
    }

    @BeforeEach
    void reset() {
        models.reset();
    }

    @Test
    void a2_recordsWhoChangedWhatFromWhatToWhat() {
        String id = models.created("audited", "\"api_keys\":[{\"key\":\"sk-first-key-AAAA1111\"}]");
        models.update(id, "{\"status\":\"disabled\",\"api_keys\":[{\"key\":\"sk-other-key-BBBB2222\"}]}");
        models.update(id, "{\"status\":\"on\"}");
        models.delete(id);

        assertThat(query("action || ' ' || actor_name || ' ' || outcome || ' ' || (target_id = '" + id + "')"))
                .containsExactly(
                        "model.create admin done true", "model.update admin done true", "model.delete admin done true");
        assertThat(query("coalesce(before ->> 'status', '-') || ' ' || coalesce(after ->> 'status', '-')"))
                .containsExactly("- enabled", "enabled disabled", "disabled -");
        assertThat(
                        query(
                                "coalesce(before #>> '{api_keys,0,hint}', '-') || ' ' || coalesce(after #>> '{api_keys,0,hint}', '-')"))
                .containsExactly("- 1111", "1111 2222", "2222 -");
    }

    @Test
    void a1_nothingChangesWhenTheRecordCannotBeWritten() {
        String id = models.created("kept", "");
        models.routes.database().execute("ALTER TABLE audit_logs ADD CONSTRAINT full_up CHECK (false) NOT VALID");

        List<Answer> answers =
                List.of(models.create("new", ""), models.update(id, "{\"name\":\"changed\"}"), models.delete(id));
        models.routes.database().execute("ALTER TABLE audit_logs DROP CONSTRAINT full_up");

        assertThat(answers)
                .allMatch(answer -> answer.status() == 503 && answer.code().equals("audit_unavailable"));
        assertThat(models.get("").body().path("total").intValue()).isEqualTo(1);
        assertThat(models.get("/" + id).body().path("name").asString()).isEqualTo("A model");
    }

    private List<String> query(String columns) {
        return models.routes.database().query("SELECT " + columns + " FROM audit_logs ORDER BY id");
    }
}
