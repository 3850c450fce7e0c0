package dev.jarvis.gateway.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.notice.Notices;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Remembers who credentials belong to. A known one is answered at once, on the event loop; an unknown one is looked up
 * on a virtual thread, once however many requests bring it at the same time.
 *
 * <p>Change notices forget what they name, so a revoked key or a disabled user is refused at its next request. Admitted
 * callers are otherwise kept for {@link #KEPT}: serving goes on while the database is away.
 */
public final class CallerDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CallerDirectory.class);
    private static final long MOST_CALLERS = 100_000;

    /** How long an admitted caller is believed without a notice. */
    static final Duration KEPT = Duration.ofMinutes(15);

    /** How long a refusal is believed: a key that was just made, or a token of a fresh signing key, must soon work. */
    static final Duration KEPT_REFUSED = Duration.ofSeconds(1);

    private final Identities identities;
    private final Clock clock;
    private final Executor blocking;
    private final Cache<Fingerprint, IdentityCheck> known;
    private final ConcurrentMap<Fingerprint, CompletableFuture<IdentityCheck>> running = new ConcurrentHashMap<>();

    /** Counts notices: an answer that was asked for before one and comes after it is used, and not remembered. */
    private final AtomicLong notices = new AtomicLong();

    /** @param blocking runs look-ups, each on a thread that may wait for the database */
    public CallerDirectory(Identities identities, Notices notices, Clock clock, Executor blocking) {
        this(identities, notices, clock, blocking, Ticker.systemTicker());
    }

    CallerDirectory(Identities identities, Notices notices, Clock clock, Executor blocking, Ticker ticker) {
        this.identities = identities;
        this.clock = clock;
        this.blocking = blocking;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .ticker(ticker)
                .expireAfter(Expiry.<Fingerprint, IdentityCheck>writing(
                        (fingerprint, check) -> check instanceof IdentityCheck.Admitted ? KEPT : KEPT_REFUSED))
                .executor(Runnable::run) // its housekeeping is short, and waking a thread for it is a system call
                .build();
        notices.subscribe(
                "users",
                subject -> forget(subject, (identity, id) -> identity.userId().equals(id)));
        notices.subscribe(
                "sessions",
                subject -> forget(subject, (identity, id) -> Optional.of(id).equals(identity.sessionId())));
        notices.subscribe(
                "caller_keys",
                subject -> forget(subject, (identity, id) -> Optional.of(id).equals(identity.callerKeyId())));
        notices.subscribe("signing_keys", subject -> forgetAll());
    }

    /** What is remembered of a credential now; empty: {@link #ask} must be called. Never blocks. */
    public Optional<IdentityCheck> remembered(Credential credential) {
        if (credential instanceof Credential.Missing || credential instanceof Credential.Malformed) {
            return Optional.of(new IdentityCheck.Unknown());
        }
        return Optional.ofNullable(known.getIfPresent(Fingerprint.of(credential)))
                .map(this::stillValid);
    }

    /**
     * Looks a credential up in the database. Completes on the given context.
     *
     * @return fails with a {@link Refusal} 503 {@code identity_unavailable} when the database cannot be asked
     */
    public Future<IdentityCheck> ask(Credential credential, Context loop) {
        Promise<IdentityCheck> promise = Promise.promise();
        lookUp(credential, Fingerprint.of(credential))
                .whenComplete((check, failure) -> loop.runOnContext(ignored -> {
                    if (failure == null) {
                        promise.complete(stillValid(check));
                    } else {
                        promise.fail(Refusal.unavailable(
                                "identity_unavailable",
                                "The credential cannot be checked just now: the database does not answer. Try again."));
                    }
                }));
        return promise.future();
    }

    private CompletableFuture<IdentityCheck> lookUp(Credential credential, Fingerprint fingerprint) {
        CompletableFuture<IdentityCheck> mine = new CompletableFuture<>();
        CompletableFuture<IdentityCheck> other = running.putIfAbsent(fingerprint, mine);
        if (other != null) {
            return other;
        }
        blocking.execute(() -> {
            try {
                long before = notices.get();
                IdentityCheck check = identities.check(credential);
                if (notices.get() == before) {
                    known.put(fingerprint, check);
                    if (notices.get() != before) {
                        known.invalidate(fingerprint);
                    }
                }
                running.remove(fingerprint);
                mine.complete(check);
            } catch (Throwable failure) {
                LOG.atWarn().addKeyValue("reason", failure.toString()).log("A credential could not be checked");
                running.remove(fingerprint);
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private IdentityCheck stillValid(IdentityCheck check) {
        return check instanceof IdentityCheck.Admitted(Identity identity)
                        && !clock.instant().isBefore(identity.expiresAt())
                ? new IdentityCheck.Expired()
                : check;
    }

    @FunctionalInterface
    private interface Concerns {
        boolean test(Identity identity, UUID id);
    }

    private void forget(String subject, Concerns concerns) {
        Optional<UUID> id = idOf(subject);
        if (id.isEmpty()) {
            forgetAll();
            return;
        }
        notices.incrementAndGet();
        // Refusals name nobody, so they all go: the change may be what admits their senders.
        forgetThose(check ->
                !(check instanceof IdentityCheck.Admitted(Identity identity)) || concerns.test(identity, id.get()));
    }

    private void forgetThose(Predicate<IdentityCheck> gone) {
        known.asMap().values().removeIf(gone);
    }

    private void forgetAll() {
        notices.incrementAndGet();
        known.invalidateAll();
    }

    private static Optional<UUID> idOf(String subject) {
        try {
            return subject.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(subject));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
