package dev.jarvis.gateway.rate;

/**
 * The last sixty seconds of one subject, in granules of one second. A granule counts until its own last event is sixty
 * seconds old, so that no window of sixty seconds, wherever it begins, holds more than was allowed. Not thread-safe.
 */
final class Minute {
    static final long LENGTH = 60_000;

    /** How many times what is untold is told, by this node and so by the others, until all may trust the common memory. */
    private static final int LOOKS_ALONE = 2;

    /** More granules than can be alive at once: 62. */
    private static final int RING = 64;

    private final long[] second = new long[RING];
    private final long[] requests = new long[RING];
    private final long[] tokens = new long[RING];
    private final long[] last = new long[RING];
    private final boolean[] unshared = new boolean[RING];
    private final long[] unsharedRequests = new long[RING];
    private final long[] unsharedTokens = new long[RING];
    private long head;
    private long allRequests;
    private long allTokens;
    private long newest;
    private long seenRequests;
    private long seenTokens;
    private long seenAt;
    private int inFlight;
    private long birth;
    private long bornSeen;
    private int looksAlone;

    /** @param now in milliseconds of any clock that only goes forward */
    Minute(long now) {
        head = now / 1000;
        newest = now - LENGTH;
        seenAt = now - LENGTH;
    }

    /** Lets go of what is too old. */
    void moveTo(long now) {
        long current = now / 1000;
        if (newest <= now - LENGTH) {
            head = current;
            allRequests = 0;
            allTokens = 0;
            if (bornSeen <= now - LENGTH) {
                birth = 0;
            }
            return;
        }
        while (head < current) {
            int at = index(head);
            if (second[at] == head) {
                if (last[at] > now - LENGTH) {
                    return;
                }
                allRequests -= requests[at];
                allTokens -= tokens[at];
            }
            head++;
        }
    }

    long requests() {
        return allRequests;
    }

    long tokens() {
        return allTokens;
    }

    int inFlight() {
        return inFlight;
    }

    void enter() {
        inFlight++;
    }

    void leave() {
        inFlight--;
    }

    boolean isIdle(long now) {
        return inFlight == 0 && newest <= now - LENGTH && seenAt <= now - LENGTH;
    }

    /** @return the second in which it is counted */
    long add(long moreTokens, long now, boolean isUnshared) {
        long current = now / 1000;
        int at = index(current);
        if (second[at] != current) {
            clear(at, current);
        }
        requests[at]++;
        tokens[at] += moreTokens;
        last[at] = now;
        allRequests++;
        allTokens += moreTokens;
        newest = now;
        if (isUnshared) {
            unshared[at] = true;
            unsharedRequests[at]++;
            unsharedTokens[at] += moreTokens;
        }
        return current;
    }

    private void clear(int at, long current) {
        second[at] = current;
        requests[at] = 0;
        tokens[at] = 0;
        unshared[at] = false;
        unsharedRequests[at] = 0;
        unsharedTokens[at] = 0;
    }

    /** Puts the tokens of a second right; if it is over a minute ago, nothing is left to put right. */
    void correct(long when, long difference, boolean isUnshared) {
        int at = index(when);
        if (second[at] == when && when >= head) {
            long changed = Math.max(-tokens[at], difference);
            tokens[at] += changed;
            allTokens += changed;
            if (isUnshared && changed != 0) {
                unshared[at] = true;
                unsharedTokens[at] += changed;
            }
        }
    }

    /** How long until so many requests are free again; milliseconds. */
    long waitForRequests(long needed, long now) {
        return wait(requests, needed, now);
    }

    long waitForTokens(long needed, long now) {
        return wait(tokens, needed, now);
    }

    private long wait(long[] amounts, long needed, long now) {
        long freed = 0;
        for (long when = head; when <= now / 1000; when++) {
            int at = index(when);
            if (second[at] == when) {
                freed += amounts[at];
                if (freed >= needed) {
                    return Math.max(1, last[at] + LENGTH - now);
                }
            }
        }
        return LENGTH;
    }

    /** How long until all of it is free. */
    long resetIn(long now) {
        return Math.max(0, newest + LENGTH - now);
    }

    // What this node knows of the other nodes

    /** Notes what all nodes together had counted. */
    void saw(long clusterRequests, long clusterTokens, long now) {
        seenRequests = clusterRequests;
        seenTokens = clusterTokens;
        seenAt = now;
    }

    /** This node's part of what all nodes had counted, as long as it may still count. */
    long seenRequests(Share share, long now) {
        return seenAt > now - LENGTH ? share.of(seenRequests) : 0;
    }

    long seenTokens(Share share, long now) {
        return seenAt > now - LENGTH ? share.of(seenTokens) : 0;
    }

    long seenFor(long now) {
        return Math.max(1, seenAt + LENGTH - now);
    }

    /** When the common memory began to count what it was told from here; 0: nothing of it would still count. */
    long birth() {
        return birth;
    }

    /** The common memory counts anew since then: what it was told before is lost to it. */
    void born(long anew, long now) {
        if (birth != 0 && anew != birth) {
            forgetSharing();
        }
        birth = anew;
        bornSeen = now;
    }

    /** Whether it has lost what is remembered here so lately that some node may not have told it yet. */
    boolean isUntold() {
        return looksAlone > 0;
    }

    /** Marks all that is counted here as unknown to the common memory: it has lost what it had. */
    void forgetSharing() {
        birth = 0;
        looksAlone = LOOKS_ALONE;
        for (int at = 0; at < RING; at++) {
            unshared[at] = second[at] >= head && requests[at] > 0;
            unsharedRequests[at] = unshared[at] ? requests[at] : 0;
            unsharedTokens[at] = unshared[at] ? tokens[at] : 0;
        }
    }

    /** Takes what the common memory has not been told. */
    void takeUnshared(long now, UnsharedListener listener) {
        if (looksAlone > 0) {
            looksAlone--;
        }
        for (long when = head; when <= now / 1000; when++) {
            int at = index(when);
            if (second[at] == when && unshared[at]) {
                listener.unshared(last[at], unsharedRequests[at], unsharedTokens[at]);
                unshared[at] = false;
                unsharedRequests[at] = 0;
                unsharedTokens[at] = 0;
            }
        }
    }

    /** Takes back what could not be told. */
    void giveBack(long latest, long lateRequests, long lateTokens) {
        int at = index(latest / 1000);
        if (second[at] == latest / 1000) {
            unshared[at] = true;
            unsharedRequests[at] += lateRequests;
            unsharedTokens[at] += lateTokens;
        }
    }

    /** Hears of what the common memory has not been told. */
    interface UnsharedListener {
        /** @param latest the moment of the latest of it */
        void unshared(long latest, long requests, long tokens);
    }

    private static int index(long second) {
        return (int) (second & (RING - 1));
    }
}
