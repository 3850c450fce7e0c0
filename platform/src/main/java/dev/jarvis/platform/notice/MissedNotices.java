package dev.jarvis.platform.notice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out which topics changed without our hearing of it, by their versions: each notice is one step of its topic's
 * version. Notices of one transaction with the same subject arrive as one, so a difference may also mean nothing; being
 * told too often does no harm.
 */
final class MissedNotices {
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> heard = new HashMap<>();

    /** Forget what was heard and take these versions as known: right after connecting. */
    void startFrom(Map<String, Long> current) {
        versions.clear();
        heard.clear();
        versions.putAll(current);
    }

    void heard(String topic) {
        heard.merge(topic, 1L, Long::sum);
    }

    /** Whether some topic has stepped further than what was heard of it; if not, these versions count as known. */
    boolean areLikely(Map<String, Long> current) {
        if (!behind(current).isEmpty()) {
            return true;
        }
        startFrom(current);
        return false;
    }

    /** The topics that changed unheard, given their versions now; from here on these count as known. */
    Set<String> settle(Map<String, Long> current) {
        Set<String> missed = Set.copyOf(behind(current));
        startFrom(current);
        return missed;
    }

    private List<String> behind(Map<String, Long> current) {
        return current.entrySet().stream()
                .filter(entry -> versions.getOrDefault(entry.getKey(), 0L) + heard.getOrDefault(entry.getKey(), 0L)
                        < entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }
}
