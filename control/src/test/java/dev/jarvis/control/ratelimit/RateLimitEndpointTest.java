package dev.jarvis.control.ratelimit;

import dev.jarvis.control.running.ControlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitEndpointTest {
    private final ControlServer server = ControlServer.start();
    private String administrator;

    @BeforeEach
    void createAdministrator() {
        server.reset();
        administrator = server.administrator();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void namesWhatALimitIsOn() {
        String user = server.user("writer", "user");
        String path = "/api/v1/rate-limits/user/" + user;

        assertThat(server.call("PUT", path, administrator, "{\"requests_per_minute\": 60}")
                        .field("subject_name"))
                .isEqualTo("writer");
        assertThat(server.get("/api/v1/rate-limits?scope=user", administrator)
                        .json()
                        .at("/data/0/subject_name")
                        .asString())
                .isEqualTo("writer");
        assertThat(server.get(path, administrator).field("subject_name")).isEqualTo("writer");
    }
}
