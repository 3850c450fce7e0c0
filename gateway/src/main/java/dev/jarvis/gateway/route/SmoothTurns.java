package dev.jarvis.gateway.route;

import dev.jarvis.gateway.catalog.ProviderKey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Smooth weighted round robin: weights 5, 1, 1 give a a b a c a a, never five in a row. The lock guards a few additions,
 * nothing that waits.
 */
final class SmoothTurns {
    private final Map<UUID, Long> scores = new HashMap<>();

    synchronized ProviderKey next(List<ProviderKey> keys) {
        if (scores.size() > 2 * keys.size() + 16) {
            scores.clear(); // keys that were deleted long ago
        }
        long total = 0;
        ProviderKey best = keys.getFirst();
        long bestScore = Long.MIN_VALUE;
        for (ProviderKey key : keys) {
            total += key.weight();
            long score = scores.merge(key.id(), (long) key.weight(), Long::sum);
            if (score > bestScore) {
                best = key;
                bestScore = score;
            }
        }
        scores.put(best.id(), bestScore - total);
        return best;
    }
}
