package dev.jarvis.gateway.rate;

/**
 * A node's part of a limit that all nodes keep together without talking to each other. The parts add up to the limit
 * exactly: what does not divide goes to the nodes that come first in their order.
 *
 * @param nodes that are alive, at least 1
 * @param place of this one among them, from 0
 */
public record Share(int nodes, int place) {
    /** Of the only node. */
    public static final Share WHOLE = new Share(1, 0);

    public Share {
        if (nodes < 1 || place < 0 || place >= nodes) {
            throw new IllegalArgumentException("no such share: " + place + " of " + nodes);
        }
    }

    boolean isWhole() {
        return nodes == 1;
    }

    long of(long limit) {
        return limit == RateLimit.UNLIMITED ? limit : limit / nodes + (place < limit % nodes ? 1 : 0);
    }
}
