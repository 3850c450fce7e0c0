package dev.jarvis.engine.run;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTest {
    private static final String LONG = "x".repeat(3_000);

    @Test
    void keepsEverythingThatFits() {
        List<ObjectNode> history = List.of(message("user", "a"), message("assistant", "b"), message("user", "c"));

        assertThat(Window.newest(history, 1_000)).isEqualTo(history);
    }

    @Test
    void leavesOutWhatIsOlderAndBeginsWithAUsersMessage() {
        List<ObjectNode> history = List.of(
                message("user", LONG),
                message("assistant", "an answer"),
                message("user", "b"),
                message("assistant", "c"),
                message("user", "d"));

        assertThat(Window.newest(history, 100)).isEqualTo(history.subList(2, 5));
    }

    @Test
    void keepsTheLastMessageHoweverLongItIs() {
        List<ObjectNode> history = List.of(message("user", "a"), message("assistant", "b"), message("user", LONG));

        assertThat(Window.newest(history, 500)).isEqualTo(history.subList(2, 3));
    }

    @Test
    void sendsNothingOfNothing() {
        assertThat(Window.newest(List.of(), 500)).isEmpty();
    }

    private static ObjectNode message(String role, String text) {
        return JsonNodeFactory.instance.objectNode().put("role", role).put("content", text);
    }
}
