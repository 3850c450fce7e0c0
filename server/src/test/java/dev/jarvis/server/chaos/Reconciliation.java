package dev.jarvis.server.chaos;

import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ScriptedProvider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Corrects every estimate by what the provider knows, as an operator does with the provider's bill in hand. */
final class Reconciliation {
    private static final long INPUT_NANO = 1000;
    private static final long OUTPUT_NANO = 2000;
    private static final int AT_ONCE = 500;

    private static final String CORRECT = """
            SELECT correct_usage('%s', '{"billing": "exact", "input_tokens": %d, "output_tokens": %d, "cost_nano": %d}',
                                 'reconciled with the provider', 'chaos');
            """;

    private Reconciliation() {}

    /** Returns what is still wrong: attempts whose effective record is not what the provider knows, and the books. */
    static List<String> of(ScriptedProvider provider, TestDatabase database) {
        Map<String, Long> prompts = new HashMap<>();
        provider.received()
                .forEach(request ->
                        request.header("x-request-id").ifPresent(id -> prompts.put(id, request.promptTokens())));
        Map<String, List<Accounted>> before = Accounted.all(database);
        List<String> corrections = new ArrayList<>();
        for (LedgerEntry entry : provider.ledger().entries()) {
            long input = prompts.getOrDefault(entry.requestId(), 0L);
            if (!Objects.requireNonNull(before.get(entry.requestId()), entry.requestId())
                    .getFirst()
                    .isExact()) {
                corrections.add(CORRECT.formatted(
                        entry.requestId(), input, entry.tokensGenerated(), costOf(input, entry.tokensGenerated())));
            }
        }
        for (int from = 0; from < corrections.size(); from += AT_ONCE) {
            database.execute(String.join("", corrections.subList(from, Math.min(corrections.size(), from + AT_ONCE))));
        }
        return faults(provider, Accounted.all(database), prompts, database);
    }

    private static List<String> faults(
            ScriptedProvider provider,
            Map<String, List<Accounted>> records,
            Map<String, Long> prompts,
            TestDatabase database) {
        List<String> faults = new ArrayList<>(Books.faults(database));
        for (LedgerEntry entry : provider.ledger().entries()) {
            long input = prompts.getOrDefault(entry.requestId(), 0L);
            List<Accounted> effective = records.getOrDefault(entry.requestId(), List.of());
            boolean right = effective.size() == 1
                    && effective.getFirst().isExact()
                    && effective.getFirst().input() == input
                    && effective.getFirst().output() == entry.tokensGenerated()
                    && effective.getFirst().costNano() == costOf(input, entry.tokensGenerated());
            if (!right) {
                faults.add("not reconciled: " + entry + " " + effective);
            }
        }
        return faults;
    }

    private static long costOf(long input, long output) {
        return input * INPUT_NANO + output * OUTPUT_NANO;
    }
}
