package dev.jarvis.gateway.gateway;

import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.notice.Notices;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers in a map, in place of the database. */
final class PlayedIdentities implements Identities, Notices {
    static final String KEY = "sk-jv-alpha";
    static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private final Map<String, IdentityCheck> byValue = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean away;

    PlayedIdentities() {
        admit(KEY, Optional.empty());
    }

    void admit(String key, Optional<Set<String>> models) {
        byValue.put(
                key,
                new IdentityCheck.Admitted(new Identity(
                        USER,
                        "alpha",
                        Role.USER,
                        Identity.DEFAULT_TEAM,
                        Optional.of(UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                        Optional.empty(),
                        models,
                        Instant.MAX)));
    }

    void block(String key) {
        byValue.put(key, new IdentityCheck.Blocked());
    }

    @Override
    public IdentityCheck check(Credential credential) {
        asked.incrementAndGet();
        if (away) {
            throw new IllegalStateException("no database");
        }
        return credential instanceof Credential.CallerKey key
                ? byValue.getOrDefault(key.value(), new IdentityCheck.Unknown())
                : new IdentityCheck.Unknown();
    }

    @Override
    public void subscribe(String topic, Listener listener) {
        listeners.merge(topic, listener, (one, other) -> subject -> {
            one.changed(subject);
            other.changed(subject);
        });
    }

    void announce(String topic, String subject) {
        Listener listener = listeners.get(topic);
        if (listener != null) {
            listener.changed(subject);
        }
    }
}
