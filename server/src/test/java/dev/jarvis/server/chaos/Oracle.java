package dev.jarvis.server.chaos;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.LedgerEntry;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.ScriptedProvider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the usage records against what the provider served and what the clients saw. It knows the prices of
 * {@link dev.jarvis.server.testing.TestingServer#createModel}: 1 and 2 USD per million tokens.
 */
final class Oracle {
    private static final long INPUT_NANO = 1000;
    private static final long OUTPUT_NANO = 2000;

    private final ScriptedProvider provider;
    private final TestDatabase database;
    private final Collection<Transcript> transcripts;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Long> prompts = new HashMap<>();

    Oracle(ScriptedProvider provider, TestDatabase database, Collection<Transcript> transcripts) {
        this.provider = provider;
        this.database = database;
        this.transcripts = transcripts;
    }

    /** Waits until every attempt that reached the provider has ended there and has a record, and judges. */
    Verdict judge(Duration patience) {
        int started = provider.ledger().started();
        List<LedgerEntry> ledger = Await.value(
                started + " ended attempts in the provider's ledger",
                patience,
                () -> provider.ledger().entries(),
                ended -> ended.size() >= started);
        Set<String> sent = new HashSet<>();
        ledger.forEach(entry -> sent.add(entry.requestId()));
        Map<String, List<Accounted>> records = awaitRecords(sent, patience);
        provider.received().forEach(this::rememberPrompt);

        if (sent.size() != ledger.size()) {
            faults.add("the provider saw " + (ledger.size() - sent.size()) + " attempt ids twice");
        }
        ledger.forEach(entry -> account(entry, records.getOrDefault(entry.requestId(), List.of())));
        records.forEach((attempt, all) -> {
            if (!sent.contains(attempt)) {
                all.forEach(this::accountUnsent);
            }
        });
        promises(records);
        Books.faults(database).forEach(faults::add);
        return verdict(ledger, records, sent);
    }

    private Map<String, List<Accounted>> awaitRecords(Set<String> sent, Duration patience) {
        try {
            return Await.value(
                    "a record of every attempt",
                    patience,
                    () -> Accounted.all(database),
                    found -> found.keySet().containsAll(sent));
        } catch (AssertionError someAreMissing) {
            return Accounted.all(database); // each of them becomes a fault
        }
    }

    private void rememberPrompt(ReceivedRequest request) {
        request.header("x-request-id").ifPresent(id -> prompts.put(id, request.promptTokens()));
    }

    private void account(LedgerEntry entry, List<Accounted> records) {
        if (records.size() != 1) {
            faults.add(records.size() + " effective records of " + entry);
            return;
        }
        Accounted record = records.getFirst();
        if (record.isExact()) {
            accountExact(entry, record);
        } else if (record.billing().equals("estimated") || record.billing().equals("unknown")) {
            accountEstimated(entry, record);
        } else if (entry.tokensGenerated() > 0) {
            faults.add("served and not counted: " + entry + " " + record);
        }
    }

    private void accountExact(LedgerEntry entry, Accounted record) {
        boolean same = entry.usageSent()
                && record.input() == entry.inputTokens()
                && record.output() == entry.outputTokens()
                && record.costNano() == record.input() * INPUT_NANO + record.output() * OUTPUT_NANO;
        if (!same) {
            faults.add("inexact: " + entry + " " + record);
        }
    }

    private void accountEstimated(LedgerEntry entry, Accounted record) {
        long prompt = prompts.getOrDefault(entry.requestId(), 0L);
        long made = entry.tokensGenerated();
        boolean within = record.inputLow() <= prompt
                && prompt <= record.inputHigh()
                && record.outputLow() <= made
                && made <= record.outputHigh();
        if (!within) {
            faults.add("out of bounds: " + prompt + " and " + made + " tokens, " + entry + " " + record);
        }
        long low = record.inputLow() * INPUT_NANO + record.outputLow() * OUTPUT_NANO;
        if (record.outcome().equals("interrupted") && record.userCostNano() != low) {
            faults.add("a killed attempt does not cost its user the low bound: " + record);
        }
    }

    private void accountUnsent(Accounted record) {
        if (record.isExact() || record.outputLow() > 0 || record.userCostNano() > 0) {
            faults.add("recorded and never served: " + record);
        }
    }

    /** An end that a client saw is one that is settled. */
    private void promises(Map<String, List<Accounted>> records) {
        Set<String> exact = new HashSet<>();
        records.values()
                .forEach(all ->
                        all.stream().filter(Accounted::isExact).forEach(record -> exact.add(record.requestId())));
        transcripts.stream()
                .filter(transcript -> transcript.sawDone() && !exact.contains(transcript.requestId()))
                .forEach(transcript -> faults.add("[DONE] without an exact record: " + transcript.requestId()));
    }

    private Verdict verdict(List<LedgerEntry> ledger, Map<String, List<Accounted>> records, Set<String> sent) {
        int exact = 0;
        int estimated = 0;
        for (String attempt : sent) {
            for (Accounted record : records.getOrDefault(attempt, List.of())) {
                exact += record.isExact() ? 1 : 0;
                estimated += record.isExact() ? 0 : 1;
            }
        }
        int unsent = (int) records.keySet().stream()
                .filter(attempt -> !sent.contains(attempt))
                .count();
        int promised = (int) transcripts.stream().filter(Transcript::sawDone).count();
        return new Verdict(ledger.size(), exact, estimated, unsent, promised, List.copyOf(faults));
    }
}
