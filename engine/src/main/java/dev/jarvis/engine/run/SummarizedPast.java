package dev.jarvis.engine.run;

import dev.jarvis.engine.conversation.Message;
import dev.jarvis.engine.conversation.Summary;
import dev.jarvis.engine.model.TokenEstimate;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/**
 * A branch of which older messages become a summary. While everything fits, everything is sent; then the newest messages that
 * fit into half the room are kept, so that a summary is made once in a while and not for each message.
 *
 * @param branch from its beginning
 * @param history the same messages as they are sent
 * @param known a summary of the branch's beginning that an earlier run made
 */
record SummarizedPast(List<Message> branch, List<ObjectNode> history, Optional<Summary> known) implements Past {
    @Override
    public Sent within(int tokens) {
        if (Window.estimate(history) <= tokens) {
            return new Sent(history, null);
        }
        int covered = known.map(summary -> indexOf(summary) + 1).orElse(0);
        List<ObjectNode> rest = history.subList(covered, history.size());
        String summary = known.map(Summary::text).orElse(null);
        long used = summary == null ? 0 : TokenEstimate.of(summary);
        if (summary != null && used + Window.estimate(rest) <= tokens) {
            return new Sent(List.copyOf(rest), new Older(summary, List.of(), null, covered));
        }
        List<ObjectNode> kept = Window.newest(rest, tokens / 2);
        int first = history.size() - kept.size();
        if (first == covered) {
            // One message fills the room: there is nothing between it and the summary.
            return new Sent(kept, summary == null ? null : new Older(summary, List.of(), null, covered));
        }
        List<ObjectNode> left = Window.lastThatFit(history.subList(covered, first), tokens);
        return new Sent(kept, new Older(summary, left, branch.get(first - 1).id(), first));
    }

    private int indexOf(Summary summary) {
        return branch.stream().map(Message::id).toList().indexOf(summary.messageId());
    }
}
