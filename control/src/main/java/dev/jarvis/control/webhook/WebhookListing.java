package dev.jarvis.control.webhook;

import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.input.PageRequest;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads webhooks and what was delivered to them. */
final class WebhookListing {
    static final List<String> STATUSES = List.of("pending", "delivered", "failed");

    private static final String LIST =
            "SELECT " + WebhookTable.COLUMNS + "FROM webhooks ORDER BY created_at, id LIMIT :size OFFSET :offset";

    private static final String DELIVERIES_WHERE = """
            FROM webhook_deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.webhook_id = :webhook AND (CAST(:status AS text) IS NULL OR d.status = :status)
            """;

    private static final String DELIVERY_COLUMNS = """
            SELECT d.id, d.event_id, e.type AS event_type, d.status, d.attempts, d.http_status, d.error, d.created_at,
                   d.delivered_at, CASE WHEN d.status = 'pending' THEN d.next_attempt_at END AS next_attempt_at
            """;

    private static final String COUNT_DELIVERIES = "SELECT count(*) " + DELIVERIES_WHERE;

    private static final String DELIVERIES =
            DELIVERY_COLUMNS + DELIVERIES_WHERE + "ORDER BY d.created_at DESC, d.id DESC LIMIT :size OFFSET :offset";

    private static final String DELIVERY =
            DELIVERY_COLUMNS + "FROM webhook_deliveries d JOIN events e ON e.id = d.event_id WHERE d.id = :id";

    private WebhookListing() {}

    static Page<Webhook> list(Handle handle, PageRequest page) {
        long total = handle.createQuery("SELECT count(*) FROM webhooks")
                .mapTo(Long.class)
                .one();
        List<Webhook> webhooks = handle.createQuery(LIST)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(WebhookTable.ROW)
                .list();
        return Page.of(webhooks, total, page);
    }

    /** The newest first. */
    static Page<Delivery> deliveries(Handle handle, UUID webhook, @Nullable String status, PageRequest page) {
        long total = handle.createQuery(COUNT_DELIVERIES)
                .bind("webhook", webhook)
                .bind("status", status)
                .mapTo(Long.class)
                .one();
        List<Delivery> deliveries = handle.createQuery(DELIVERIES)
                .bind("webhook", webhook)
                .bind("status", status)
                .bind("size", page.pageSize())
                .bind("offset", page.offset())
                .map(ConstructorMapper.of(Delivery.class))
                .list();
        return Page.of(deliveries, total, page);
    }

    static Optional<Delivery> delivery(Handle handle, UUID id) {
        return handle.createQuery(DELIVERY)
                .bind("id", id)
                .map(ConstructorMapper.of(Delivery.class))
                .findOne();
    }
}
