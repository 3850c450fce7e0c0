package dev.jarvis.gateway.idempotency;

import dev.jarvis.gateway.dialect.bytes.Slice;
import dev.jarvis.platform.http.Refusal;
import io.vertx.core.Context;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One execution for each key of a caller, for 24 hours, on all gateways: PostgreSQL decides who is first. Only requests with
 * the header pay for it.
 *
 * <ul>
 *   <li>same key, same body, answered: the answer again, {@code idempotent-replayed: true}
 *   <li>same key, other body: 409 {@code idempotency_key_reused}
 *   <li>still being answered: 409 {@code idempotency_in_progress}
 *   <li>the gateway that answered it died, gave up a call that may have been answered, or lost its connection: 409
 *       {@code idempotency_outcome_unknown}; it is never sent a second time
 *   <li>not sent, or refused by the provider before any content (429, 5xx): the key is free again
 * </ul>
 */
public final class Idempotency implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(15);
    private static final int SWEEP_EVERY = 240;

    private final IdempotencyTable table;
    private final Executor blocking;
    private final AtomicInteger running = new AtomicInteger();
    private final Thread renewing;

    public Idempotency(Jdbi jdbi, Executor blocking) {
        this.table = new IdempotencyTable(jdbi, UUID.randomUUID());
        this.blocking = blocking;
        this.renewing = Thread.ofVirtual().name("idempotency").start(this::renew);
    }

    /**
     * Calls {@code then} exactly once, on the loop: at once where there is no key.
     *
     * @param headers all values of the header
     * @param body the request as it came
     * @param requestId under which it is paid if it is the first of its key
     */
    public void begin(
            List<String> headers, UUID caller, Slice body, String requestId, Context loop, Consumer<Begun> then) {
        Optional<IdempotencyKey> key;
        try {
            key = IdempotencyKey.read(caller, headers);
        } catch (Refusal refusal) {
            then.accept(new Begun.Refused(refusal));
            return;
        }
        if (key.isEmpty()) {
            then.accept(new Begun.Fresh(Recording.NONE));
            return;
        }
        blocking.execute(() -> {
            Begun begun = begin(key.get(), body, requestId);
            loop.runOnContext(turn -> then.accept(begun));
        });
    }

    private Begun begin(IdempotencyKey key, Slice body, String requestId) {
        try {
            Optional<IdempotencyTable.Known> known =
                    table.begin(key, IdempotencyKey.sha256("jarvis idempotency body", body.toBytes()), requestId);
            if (known.isEmpty()) {
                running.incrementAndGet();
                return new Begun.Fresh(new Recording(new Written(key)));
            }
            return of(key, known.get());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.toString()).log("An idempotency key could not be looked up");
            return new Begun.Refused(Refusal.unavailable(
                    "idempotency_unavailable", "The idempotency key cannot be looked up now, so nothing was sent."));
        }
    }

    private static Begun of(IdempotencyKey key, IdempotencyTable.Known known) {
        if (!known.sameBody()) {
            return new Begun.Refused(Refusal.conflict(
                    "idempotency_key_reused",
                    "This idempotency key was used with another request body. Use a new key for a new request.",
                    null));
        }
        if (known.state().equals("running") && known.alive()) {
            return new Begun.Refused(Refusal.conflict(
                            "idempotency_in_progress",
                            "The first request with this idempotency key is still being answered. Try again.",
                            null)
                    .with(Map.of("retry-after", "1")));
        }
        if (!known.state().equals("done")) {
            return new Begun.Refused(Refusal.conflict(
                            "idempotency_outcome_unknown",
                            "The first request with this idempotency key was cut off; it may have been answered and"
                                    + " charged. It is not sent again; use a new key if it should be.",
                            null)
                    .with(Map.of("x-should-retry", "false")));
        }
        byte[] sealed = known.answer();
        String type = known.contentType();
        if (sealed == null || type == null) {
            return new Begun.Refused(Refusal.conflict(
                            "idempotency_answer_not_kept",
                            "The request with this idempotency key was answered; its answer was over "
                                    + Recording.MOST_BYTES + " bytes and is not kept. It is not sent again.",
                            null)
                    .with(Map.of("x-should-retry", "false")));
        }
        try {
            return new Begun.Answered(
                    new KeptAnswer(known.status(), type, key.seal().open(sealed)),
                    Optional.ofNullable(known.requestId()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer does not open", e);
        }
    }

    /** Writes the end off the loop. What cannot be written stays as running and is an unknown outcome in a minute. */
    private final class Written implements Recording.Ending {
        private final IdempotencyKey key;

        Written(IdempotencyKey key) {
            this.key = key;
        }

        @Override
        public void keep(KeptAnswer answer) {
            write(() -> table.finish(
                    key,
                    "done",
                    answer.status(),
                    answer.contentType(),
                    key.seal().seal(answer.body())));
        }

        @Override
        public void tooLarge() {
            write(() -> table.finish(key, "done", 200, "", null));
        }

        @Override
        public void unknown() {
            write(() -> table.finish(key, "unknown", 0, "", null));
        }

        @Override
        public void forget() {
            write(() -> table.forget(key));
        }

        private void write(Runnable statement) {
            running.decrementAndGet();
            blocking.execute(() -> {
                try {
                    statement.run();
                } catch (RuntimeException e) {
                    LOG.atWarn()
                            .addKeyValue("reason", e.toString())
                            .log("The end of a request with an idempotency key could not be written");
                }
            });
        }
    }

    private void renew() {
        try {
            for (int round = 0; ; round++) {
                try {
                    if (running.get() > 0) {
                        table.renew();
                    }
                    if (round % SWEEP_EVERY == 0) {
                        table.sweep();
                    }
                } catch (RuntimeException e) {
                    LOG.atWarn().addKeyValue("reason", e.toString()).log("Idempotency keys could not be renewed");
                }
                Thread.sleep(RENEW_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        renewing.interrupt();
    }
}
