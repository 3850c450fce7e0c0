package dev.jarvis.control.rerate;

import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Money;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sums up differences, in all and by user. */
final class Tally {
    private static final int MOST_USERS = 1_000;

    private record Key(UUID user, Currency before, Currency after) {}

    private static final class Sum {
        private long records;
        private Money costBefore;
        private Money costAfter;
        private Money userCostBefore;
        private Money userCostAfter;

        private Sum(Key key) {
            costBefore = Money.zero(key.before());
            userCostBefore = Money.zero(key.before());
            costAfter = Money.zero(key.after());
            userCostAfter = Money.zero(key.after());
        }

        private void add(long count, Money cost, Money newCost, Money userCost, Money newUserCost) {
            records += count;
            costBefore = costBefore.plus(cost);
            costAfter = costAfter.plus(newCost);
            userCostBefore = userCostBefore.plus(userCost);
            userCostAfter = userCostAfter.plus(newUserCost);
        }

        private ReRateResult.Difference shown() {
            return new ReRateResult.Difference(
                    costBefore.currency(),
                    costAfter.currency(),
                    records,
                    text(costBefore),
                    text(costAfter),
                    text(userCostBefore),
                    text(userCostAfter));
        }

        private static String text(Money money) {
            return money.toDecimal().toPlainString();
        }
    }

    private static final UUID EVERYONE = new UUID(0, 0);

    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private long changed;

    void add(RatedRecord record, RatedRecord.Rating rating) {
        changed++;
        Key key = new Key(record.user(), record.currency(), rating.currency());
        sums.computeIfAbsent(key, Sum::new)
                .add(
                        1,
                        new Money(record.costNano(), record.currency()),
                        new Money(rating.costNano(), rating.currency()),
                        new Money(record.userCostNano(), record.currency()),
                        new Money(rating.userCostNano(), rating.currency()));
    }

    long changed() {
        return changed;
    }

    List<ReRateResult.Difference> totals() {
        Map<Key, Sum> totals = new LinkedHashMap<>();
        sums.forEach((key, sum) -> totals.computeIfAbsent(new Key(EVERYONE, key.before(), key.after()), Sum::new)
                .add(sum.records, sum.costBefore, sum.costAfter, sum.userCostBefore, sum.userCostAfter));
        return totals.values().stream().map(Sum::shown).toList();
    }

    List<ReRateResult.UserDifference> byUser() {
        return sums.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Key, Sum> entry) -> entry.getValue().records)
                        .reversed())
                .limit(MOST_USERS)
                .map(entry -> new ReRateResult.UserDifference(
                        entry.getKey().user(), entry.getValue().shown()))
                .toList();
    }
}
