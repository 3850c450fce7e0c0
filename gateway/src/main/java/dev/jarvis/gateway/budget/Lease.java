package dev.jarvis.gateway.budget;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * One node's slice of a window: how much is granted, and of that reserved and settled. Pure arithmetic; the time is passed
 * in. Not thread-safe.
 *
 * <p>Never hands out more than the database knows to be handed out: an amount is given back in memory before the database
 * hears of it, and taken only when the database has said so.
 */
final class Lease {
    /** The database gives it to others after 60 s; what this node does with it must be over long before. */
    static final Duration TRUSTED = Duration.ofSeconds(45);

    private final UUID id;
    private long granted;
    private long settled;
    private long reserved;
    private long charged;
    private long renewedAt;
    private boolean known;
    private boolean lost;

    Lease(UUID id) {
        this.id = id;
    }

    UUID id() {
        return id;
    }

    /** Takes an amount out of what is there. */
    boolean reserve(long amount, long now) {
        if (amount > available() || !isTrusted(now)) {
            return false;
        }
        reserved += amount;
        return true;
    }

    /** What was reserved turns into what it really was; the difference is free again. */
    void settle(long held, long actual) {
        reserved -= held;
        settled = Amounts.sum(settled, actual);
    }

    long available() {
        return granted - settled - reserved;
    }

    long reserved() {
        return reserved;
    }

    long settled() {
        return settled;
    }

    /** Whether the database has it and it is not over. */
    boolean isLive() {
        return known && !lost;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether every settled attempt was charged to it. */
    boolean isShipped() {
        return charged >= settled;
    }

    private boolean isTrusted(long now) {
        return isLive() && now - renewedAt < TRUSTED.toNanos();
    }

    /** A question that gives back all that is free; nothing can be reserved until its answer is there. */
    LeaseAsk ask(List<Long> needs, long typical, boolean wantsSpare) {
        long aside = Math.max(0, available());
        LeaseAsk ask = new LeaseAsk(id, settled + reserved, needs, typical, wantsSpare, aside);
        reserved += aside;
        return ask;
    }

    /** A question for more ahead of time; what is free stays free meanwhile. */
    LeaseAsk askAhead(long typical) {
        return new LeaseAsk(id, Math.max(granted, settled + reserved), List.of(), typical, true, 0);
    }

    /** @param began when the question was sent */
    void answered(LeaseAsk ask, LeaseAnswer answer, long began) {
        reserved -= ask.aside();
        if (answer.state() != LeaseAnswer.State.LIVE) {
            lost = true;
            return;
        }
        known = true;
        granted = answer.amount();
        charged = answer.charged();
        renewedAt = began;
        for (int i = 0; i < ask.needs().size(); i++) {
            if (answer.granted().get(i)) {
                reserved += ask.needs().get(i);
            }
        }
    }

    /** Nobody knows whether the database took the question: what it gave back is counted as given. */
    void unanswered(LeaseAsk ask) {
        reserved -= ask.aside();
        granted -= ask.aside();
    }

    /** @param began when the renewal was sent */
    void renewed(boolean isThere, long began) {
        if (isThere) {
            renewedAt = began;
        } else {
            lost = true;
        }
    }
}
