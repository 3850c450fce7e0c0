package dev.jarvis.gateway.rate;

import java.util.List;

/** What came of asking for room. */
sealed interface RateAnswer {
    /** Of each limit, in the order of the claims. */
    List<Standing> standings();

    /** Whether the nodes' common memory was away, and this node applied its share. */
    boolean degraded();

    record Granted(RateGrant grant, List<Standing> standings, boolean degraded) implements RateAnswer {}

    /** Nothing is set aside. */
    record Refused(Shortage shortage, List<Standing> standings, boolean degraded) implements RateAnswer {}
}
