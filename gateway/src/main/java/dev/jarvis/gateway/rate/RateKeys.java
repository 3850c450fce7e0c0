package dev.jarvis.gateway.rate;

import java.util.UUID;

/**
 * The names of keys in Redis. The hash tag names the installation, so that two that share a Redis do not share limits, and
 * puts all keys of one into one slot of a cluster.
 */
final class RateKeys {
    private final String tag;

    RateKeys(UUID installation) {
        this.tag = "{jarvis:" + installation + "}:";
    }

    String epoch() {
        return tag + "rates:epoch";
    }

    String minute(RateSubject subject) {
        return tag + "rate:" + subject.scope().code() + ":" + subject.id();
    }

    String running(RateSubject subject) {
        return tag + "running:" + subject.scope().code() + ":" + subject.id();
    }
}
