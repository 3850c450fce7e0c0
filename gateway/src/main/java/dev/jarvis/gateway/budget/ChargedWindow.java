package dev.jarvis.gateway.budget;

/** A window as a batch of records is charged to it. Locked in the database meanwhile. Not thread-safe. */
final class ChargedWindow {
    private final long limit;
    private final long warnAt;
    private long spent;
    private long leased;
    private long spentMore;
    private long covered;

    /**
     * @param limit that spent and leased together may not pass; {@link Long#MAX_VALUE} where nothing is enforced
     * @param warnAt the spending that is to be announced; {@link Long#MAX_VALUE} where none is, or it was already
     */
    ChargedWindow(long limit, long warnAt, long spent, long leased) {
        this.limit = limit;
        this.warnAt = warnAt;
        this.spent = spent;
        this.leased = leased;
    }

    /** What can be charged beyond what is leased. */
    long room() {
        return limit == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, limit - spent - leased);
    }

    /** @param fromLease how much of the lease's amount the charge used up */
    void charge(long amount, long fromLease) {
        spent = Amounts.sum(spent, amount);
        spentMore = Amounts.sum(spentMore, amount);
        leased -= fromLease;
        covered += fromLease;
    }

    long spentMore() {
        return spentMore;
    }

    long covered() {
        return covered;
    }

    boolean isToWarn() {
        return spentMore > 0 && spent >= warnAt;
    }
}
