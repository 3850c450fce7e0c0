package dev.jarvis.gateway.budget;

/** A live lease as a batch of records is charged to it. Not thread-safe. */
final class ChargedLease {
    private final long amount;
    private long charged;
    private long chargedMore;

    ChargedLease(long amount, long charged) {
        this.amount = amount;
        this.charged = charged;
    }

    long held() {
        return Math.max(0, amount - charged);
    }

    void charge(long full) {
        charged = Amounts.sum(charged, full);
        chargedMore = Amounts.sum(chargedMore, full);
    }

    long chargedMore() {
        return chargedMore;
    }
}
