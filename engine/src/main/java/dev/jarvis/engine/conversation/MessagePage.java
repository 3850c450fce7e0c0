package dev.jarvis.engine.conversation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * Some of a conversation's messages, the oldest first.
 *
 * @param next where the page of older ones ends, as {@code before}; {@code null}: these are the oldest
 */
record MessagePage(
        List<ListedMessage> data, boolean hasMore, @Nullable UUID next) {
    /** @param newest the newest first, one more than wanted if there are more */
    static MessagePage of(List<ListedMessage> newest, int wanted) {
        boolean more = newest.size() > wanted;
        List<ListedMessage> page =
                (more ? newest.subList(0, wanted) : newest).reversed().stream().toList();
        return new MessagePage(page, more, more ? page.getFirst().id() : null);
    }

    /**
     * Which page is wanted.
     *
     * @param inView only of the branch in view
     * @param before messages older than this one; in a branch those above it; {@code null}: the newest
     */
    record Wanted(boolean inView, @Nullable UUID before, int size) {}
}
