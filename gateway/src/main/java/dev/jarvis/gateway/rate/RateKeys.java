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

    /** Which counts were made lately. */
    String born() {
        return tag + "rates:born";
    }

    String minute(RateSubject subject) {
        return tag + "rate:" + subject.scope().code() + ":" + subject.id();
    }

    /** Whose {@link #minute} it is. */
    RateSubject subject(String minute) {
        String[] parts = minute.substring(tag.length()).split(":", -1);
        return new RateSubject(RateScope.of(parts[1]), UUID.fromString(parts[2]));
    }

    String running(RateSubject subject) {
        return tag + "running:" + subject.scope().code() + ":" + subject.id();
    }
}
