package dev.jarvis.gateway.rate;

import java.util.List;

/**
 * A node's part of a limit that all nodes keep together without talking to each other. The parts add up to the limit
 * exactly: what does not divide goes to the nodes that come first in their order.
 *
 * @param nodes that are alive, at least 1
 * @param place of this one among them, from 0
 * @param alone the places of the other nodes that count by themselves
 */
public record Share(int nodes, int place, List<Integer> alone) {
    /** Of the only node. */
    public static final Share WHOLE = new Share(1, 0);

    public Share {
        if (nodes < 1 || place < 0 || place >= nodes) {
            throw new IllegalArgumentException("no such share: " + place + " of " + nodes);
        }
        alone = List.copyOf(alone);
    }

    public Share(int nodes, int place) {
        this(nodes, place, List.of());
    }

    boolean isWhole() {
        return nodes == 1;
    }

    long of(long limit) {
        return of(limit, place);
    }

    /** What is left for the nodes that count together. */
    long common(long limit) {
        return limit == RateLimit.UNLIMITED
                ? limit
                : limit - alone.stream().mapToLong(other -> of(limit, other)).sum();
    }

    private long of(long limit, int at) {
        return limit == RateLimit.UNLIMITED ? limit : limit / nodes + (at < limit % nodes ? 1 : 0);
    }
}
