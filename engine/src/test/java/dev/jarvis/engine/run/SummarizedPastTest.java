package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.Message;
import dev.jarvis.engine.conversation.Summary;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Each message here is about a hundred tokens. */
class SummarizedPastTest {
    private static final UUID CONVERSATION = UUID.randomUUID();

    @Test
    void sendsEverythingWhileItFits() {
        Past.Sent sent = past(branch(5), Optional.empty()).within(1_000);

        assertThat(sent.messages()).hasSize(5);
        assertThat(sent.older()).isNull();
    }

    @Test
    void keepsTheNewestThatFillHalfTheRoomAndHasTheRestSummarized() {
        List<Message> branch = branch(11);
        Past.Sent sent = past(branch, Optional.empty()).within(800);

        assertThat(sent.messages()).hasSize(3);
        assertThat(sent.messages().getFirst().path("role").asString()).isEqualTo("user");
        Older older = Objects.requireNonNull(sent.older());
        assertThat(older.upTo()).isEqualTo(branch.get(7).id());
        assertThat(older.count()).isEqualTo(8);
        assertThat(older.summary()).isNull();
    }

    @Test
    void usesASummaryThatIsThereWithoutAnotherOne() {
        List<Message> branch = branch(11);
        Past.Sent sent = past(branch, Optional.of(branch.get(5).id())).within(800);

        assertThat(sent.messages()).hasSize(5);
        assertThat(sent.older()).isEqualTo(new Older("Before", List.of(), null, 6));
    }

    @Test
    void extendsASummaryThatNoLongerSuffices() {
        List<Message> branch = branch(21);
        Past.Sent sent = past(branch, Optional.of(branch.get(5).id())).within(800);

        Older older = Objects.requireNonNull(sent.older());
        assertThat(older.summary()).isEqualTo("Before");
        assertThat(older.upTo()).isEqualTo(branch.get(17).id());
        assertThat(sent.messages()).hasSize(3);
    }

    private static Past past(List<Message> branch, Optional<UUID> covered) {
        return new SummarizedPast(branch, BranchHistory.of(branch, true), covered.map(id -> new Summary(id, "Before")));
    }

    private static List<Message> branch(int length) {
        List<Message> branch = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            String role = i % 2 == 0 ? "user" : "assistant";
            branch.add(new Message(
                    UUID.randomUUID(), CONVERSATION, null, role, "x".repeat(285), "", List.of(), null, Instant.EPOCH));
        }
        return branch;
    }
}
