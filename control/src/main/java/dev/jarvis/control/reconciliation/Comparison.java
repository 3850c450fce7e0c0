package dev.jarvis.control.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A bill beside our records, by day and model and in total. Days are UTC's.
 *
 * @param alert whether a total captures less than 99.9 %
 */
record Comparison(LocalDate first, LocalDate last, boolean alert, List<Variance> totals, List<Variance> lines) {

    private record Key(LocalDate day, String model, String currency) implements Comparable<Key> {
        static Key of(BillLine line) {
            return new Key(line.day(), line.model(), line.currency());
        }

        @Override
        public int compareTo(Key other) {
            int byDay = day.compareTo(other.day);
            int byModel = byDay == 0 ? model.compareTo(other.model) : byDay;
            return byModel == 0 ? currency.compareTo(other.currency) : byModel;
        }

        BillLine nothing() {
            return new BillLine(day, model, 0, 0, null, currency);
        }
    }

    static Comparison of(List<BillLine> bill, OwnRecords own) {
        Map<Key, BillLine> theirs = new TreeMap<>();
        for (BillLine line : bill) {
            BillLine ours = line.of(own.ourName(line.model()).orElse(line.model()));
            theirs.merge(Key.of(ours), ours, BillLine::plus);
        }
        Map<Key, BillLine> ours = new TreeMap<>();
        own.lines().forEach(line -> ours.merge(Key.of(line), line, BillLine::plus));

        List<Variance> lines = new ArrayList<>();
        TreeSet<Key> keys = new TreeSet<>(theirs.keySet());
        keys.addAll(ours.keySet());
        for (Key key : keys) {
            lines.add(
                    Variance.of(ours.getOrDefault(key, key.nothing()), theirs.getOrDefault(key, key.nothing()), true));
        }
        List<Variance> totals = totals(ours, theirs);
        return new Comparison(
                first(bill), last(bill), totals.stream().anyMatch(Variance::alert), totals, List.copyOf(lines));
    }

    static LocalDate first(List<BillLine> bill) {
        return bill.stream().map(BillLine::day).min(LocalDate::compareTo).orElseThrow();
    }

    static LocalDate last(List<BillLine> bill) {
        return bill.stream().map(BillLine::day).max(LocalDate::compareTo).orElseThrow();
    }

    private static List<Variance> totals(Map<Key, BillLine> ours, Map<Key, BillLine> theirs) {
        Map<String, BillLine> oursTotal = byCurrency(ours);
        Map<String, BillLine> theirsTotal = byCurrency(theirs);
        return theirsTotal.values().stream()
                .map(total -> Variance.of(oursTotal.getOrDefault(total.currency(), nothing(total)), total, false))
                .toList();
    }

    private static BillLine nothing(BillLine total) {
        return new BillLine(total.day(), total.model(), 0, 0, null, total.currency());
    }

    private static Map<String, BillLine> byCurrency(Map<Key, BillLine> lines) {
        Map<String, BillLine> totals = new TreeMap<>();
        lines.values().forEach(line -> totals.merge(line.currency(), line, BillLine::plus));
        return totals;
    }
}
