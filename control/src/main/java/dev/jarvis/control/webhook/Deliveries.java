package dev.jarvis.control.webhook;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends what is due. Nodes claim deliveries from the same table, each of them at most {@link #MOST} at a time; an attempt
 * that fails is repeated after a longer and longer pause, and given up after the last one.
 */
final class Deliveries {
    /** The schedule that Standard Webhooks proposes: over two days, eight attempts after the first. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20));

    static final String COLUMN = "webhooks.sealed";

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int MOST = 16;

    /** The receiver wants nothing any more, and says so for good (RFC 9110 §15.5.11; Standard Webhooks). */
    private static final int GONE = 410;

    private final Jdbi jdbi;
    private final Vault vault;
    private final WebhookSender sender;
    private final Audit audit;
    private final InstantSource clock;
    private final List<Duration> pauses;
    private final ExecutorService executor;

    /**
     * @param pauses after each failed attempt but the last
     * @param executor of threads that may wait
     */
    Deliveries(
            Jdbi jdbi,
            Vault vault,
            WebhookSender sender,
            Audit audit,
            InstantSource clock,
            List<Duration> pauses,
            ExecutorService executor) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.sender = sender;
        this.audit = audit;
        this.clock = clock;
        this.pauses = List.copyOf(pauses);
        this.executor = executor;
    }

    /**
     * Claims some of what is due and sends it, all at the same time. Blocking until the last of it is answered or given up.
     *
     * @return how many there were
     */
    int sendDue() throws InterruptedException {
        List<DueDelivery> due = jdbi.inTransaction(handle -> DeliveryTable.claim(handle, MOST));
        List<Future<?>> running = due.stream()
                .<Future<?>>map(one -> executor.submit(() -> attempt(one, pauses)))
                .toList();
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                // Its claim runs out, and then somebody tries again.
                LOG.error("A delivery to a webhook ended with a fault", e.getCause());
            }
        }
        return due.size();
    }

    /** One attempt at a delivery that is not repeated. */
    void attemptOnce(DueDelivery due) {
        attempt(due, List.of());
    }

    /** Deletes what nobody will look at any more. */
    void forgetOld() {
        jdbi.useTransaction(DeliveryTable::forget);
    }

    private void attempt(DueDelivery due, List<Duration> further) {
        Sent sent = send(due);
        jdbi.useTransaction(handle -> {
            switch (sent) {
                case Sent.Taken(int status) -> DeliveryTable.delivered(handle, due.id(), status);
                case Sent.Refused(int status)
                when status == GONE -> {
                    DeliveryTable.failed(handle, due, status, "gone", null);
                    disable(handle, due);
                }
                case Sent.Refused(int status) -> failed(handle, due, status, "http_status", further);
                case Sent.Unanswered(String reason) -> failed(handle, due, null, reason, further);
            }
        });
        if (!(sent instanceof Sent.Taken)) {
            LOG.atWarn()
                    .addKeyValue("webhook_id", due.webhookId())
                    .addKeyValue("event_id", due.eventId())
                    .addKeyValue("attempt", due.attempts())
                    .addKeyValue("outcome", sent)
                    .log("An event could not be delivered to a webhook");
        }
    }

    private Sent send(DueDelivery due) {
        Secret secret;
        try {
            secret = vault.open(due.sealed(), new Vault.Place(COLUMN, due.webhookId()));
        } catch (Vault.CorruptSecretException e) {
            return new Sent.Unanswered("corrupt_secret");
        }
        byte[] body = due.body();
        String id = due.eventId().toString();
        long timestamp = clock.instant().getEpochSecond();
        return sender.send(
                due.url(),
                Map.of(
                        "content-type",
                        "application/json",
                        "user-agent",
                        "jarvis-webhooks",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        Long.toString(timestamp),
                        "webhook-signature",
                        SigningSecret.sign(secret, id, timestamp, body)),
                body);
    }

    private static void failed(
            Handle handle, DueDelivery due, @Nullable Integer status, String error, List<Duration> further) {
        @Nullable Duration again = due.attempts() > further.size() ? null : jittered(further.get(due.attempts() - 1));
        DeliveryTable.failed(handle, due, status, error, again);
    }

    /** A tenth more or none: what failed together does not come back together. */
    private static Duration jittered(Duration pause) {
        return pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 10 + 1));
    }

    private void disable(Handle handle, DueDelivery due) {
        WebhookTable.lock(handle, due.webhookId()).filter(Webhook::enabled).ifPresent(before -> {
            WebhookTable.disable(handle, before.id());
            Webhook after = WebhookTable.find(handle, before.id()).orElseThrow();
            audit.record(
                    handle, Origin.ofServer(), "webhook.disable", Target.of("webhook", before.id()), before, after);
        });
    }
}
