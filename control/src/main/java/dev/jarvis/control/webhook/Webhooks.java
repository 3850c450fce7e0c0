package dev.jarvis.control.webhook;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Target;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** What administrators do with webhooks. */
public final class Webhooks {
    /** From the resolved name to the answer's head. Standard Webhooks: 15 to 30 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Jdbi jdbi;
    private final Vault vault;
    private final AddressGuard guard;
    private final Audit audit;
    private final Deliveries deliveries;
    private final WebhookSender sender;

    Webhooks(Jdbi jdbi, Vault vault, AddressGuard guard, Audit audit, Deliveries deliveries, WebhookSender sender) {
        this.jdbi = jdbi;
        this.vault = vault;
        this.guard = guard;
        this.audit = audit;
        this.deliveries = deliveries;
        this.sender = sender;
    }

    /**
     * @param guard where receivers may live
     * @param executor of threads that may wait
     */
    public static Webhooks assemble(
            Jdbi jdbi, Vault vault, AddressGuard guard, Audit audit, Vertx vertx, ExecutorService executor) {
        WebhookSender sender = new WebhookSender(vertx, guard, InetAddress::getAllByName, PATIENCE);
        Deliveries deliveries =
                new Deliveries(jdbi, vault, sender, audit, InstantSource.system(), Deliveries.PAUSES, executor);
        return new Webhooks(jdbi, vault, guard, audit, deliveries, sender);
    }

    /** Sends what is due until it is closed. */
    public DeliveryLoop deliver() {
        return new DeliveryLoop(deliveries, sender);
    }

    Page<Webhook> list(PageRequest page) {
        return jdbi.inTransaction(handle -> WebhookListing.list(handle, page));
    }

    Webhook find(UUID id) {
        return jdbi.withHandle(handle -> WebhookTable.find(handle, id)).orElseThrow(Webhooks::unknown);
    }

    IssuedWebhook create(Call call) {
        WebhookFields fields = WebhookFields.ofNew(Fields.of(call), guard);
        UUID id = Uuid7.next();
        Secret secret = SigningSecret.generate();
        byte[] sealed = vault.seal(secret, new Vault.Place(Deliveries.COLUMN, id));
        Webhook created = jdbi.inTransaction(handle -> {
            WebhookTable.insert(handle, id, fields, sealed, secret.hint());
            Webhook webhook = WebhookTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "webhook.create", Target.of("webhook", id), null, webhook);
            return webhook;
        });
        return new IssuedWebhook(created, secret.reveal());
    }

    Webhook change(Call call, UUID id) {
        Fields in = Fields.of(call);
        ExpectedVersion expected = ExpectedVersion.of(call);
        // Names are resolved before the row is locked.
        WebhookFields.ofChanged(in, find(id), guard);
        return jdbi.inTransaction(handle -> {
            Webhook before = lock(handle, id);
            expected.require(before.version(), "webhook");
            WebhookTable.update(handle, id, WebhookFields.ofChanged(in, before, guard));
            Webhook after = WebhookTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "webhook.update", Target.of("webhook", id), before, after);
            return after;
        });
    }

    /** With what is still to be delivered to it. */
    void delete(Call call, UUID id) {
        ExpectedVersion expected = ExpectedVersion.of(call);
        jdbi.useTransaction(handle -> {
            Webhook before = lock(handle, id);
            expected.require(before.version(), "webhook");
            WebhookTable.delete(handle, id);
            audit.record(handle, call, "webhook.delete", Target.of("webhook", id), before, null);
        });
    }

    /** Sends an event of its own, once, also to a webhook that is switched off. Blocking until it is answered. */
    Delivery test(Call call, UUID id) {
        DueDelivery due = jdbi.inTransaction(handle -> {
            lock(handle, id);
            DueDelivery inserted = DeliveryTable.insertTest(handle, Uuid7.next(), Uuid7.next(), id);
            audit.record(handle, call, "webhook.test", Target.of("webhook", id), null, null);
            return inserted;
        });
        deliveries.attemptOnce(due);
        return jdbi.withHandle(handle -> WebhookListing.delivery(handle, due.id()))
                .orElseThrow(Webhooks::unknown);
    }

    Page<Delivery> deliveries(UUID id, @Nullable String status, PageRequest page) {
        find(id);
        return jdbi.inTransaction(handle -> WebhookListing.deliveries(handle, id, status, page));
    }

    private static Webhook lock(Handle handle, UUID id) {
        return WebhookTable.lock(handle, id).orElseThrow(Webhooks::unknown);
    }

    private static Refusal unknown() {
        return PathIds.notFound("webhook");
    }
}
