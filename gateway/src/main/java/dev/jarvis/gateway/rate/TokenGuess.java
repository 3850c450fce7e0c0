package dev.jarvis.gateway.rate;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.limit.Demand;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many tokens a request will take: a quarter of its bytes, and the cap that it names or else what its model's answers
 * usually have. A point estimate, where budgets take a bound: it is put right when the answer's own count is known.
 * Thread-safe.
 */
public final class TokenGuess {
    private static final int BYTES_PER_TOKEN = 4;

    /** Of an answer of a model that has not answered yet. */
    private static final long FIRST_GUESS = 512;

    /** The weight of a new answer in the moving average is 1/8. */
    private static final int SHIFT = 3;

    private static final long MOST = Long.MAX_VALUE / 4;

    private final ConcurrentMap<UUID, Long> typicalOutput = new ConcurrentHashMap<>();

    long of(Demand demand) {
        long one = demand.outputCap().isPresent() ? demand.outputCap().getAsLong() : typical(demand.model());
        return input(demand) + Math.min(one, MOST / demand.choices()) * demand.choices();
    }

    /** @param tokens of the question and all its answers */
    void learn(Demand demand, long tokens) {
        long output = Math.max(0, (tokens - input(demand)) / demand.choices());
        typicalOutput.merge(
                demand.model().deployment().id(), output, (before, now) -> before + ((now - before) >> SHIFT));
    }

    private static long input(Demand demand) {
        return demand.requestBytes() / BYTES_PER_TOKEN;
    }

    private long typical(Model model) {
        long typical = typicalOutput.getOrDefault(model.deployment().id(), FIRST_GUESS);
        return model.maxTokens().isPresent()
                ? Math.min(typical, model.maxTokens().getAsInt())
                : typical;
    }
}
