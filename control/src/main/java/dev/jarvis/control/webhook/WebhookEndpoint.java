package dev.jarvis.control.webhook;

import dev.jarvis.platform.answer.TaggedReply;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/webhooks}: administrators only. */
public final class WebhookEndpoint {
    private static final String ALL = "/api/v1/webhooks";
    private static final String ONE = ALL + "/{id}";

    private final Webhooks webhooks;

    public WebhookEndpoint(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.POST, ALL, Access.ADMIN, this::create)
                .add(HttpMethod.GET, ALL, Access.ADMIN, this::list)
                .add(HttpMethod.GET, ONE, Access.ADMIN, this::get)
                .add(HttpMethod.PUT, ONE, Access.ADMIN, this::change)
                .add(HttpMethod.DELETE, ONE, Access.ADMIN, this::delete)
                .add(HttpMethod.POST, ONE + "/test", Access.ADMIN, this::test)
                .add(HttpMethod.GET, ONE + "/deliveries", Access.ADMIN, this::deliveries);
    }

    private Reply create(Call call) {
        QueryParameters.none(call);
        IssuedWebhook created = webhooks.create(call);
        return TaggedReply.ofSecret(201, created, created.webhook().version());
    }

    private Reply list(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("page", "page_size"));
        return Reply.ok(webhooks.list(PageRequest.of(query)));
    }

    private Reply get(Call call) {
        QueryParameters.none(call);
        return tagged(webhooks.find(id(call)));
    }

    private Reply change(Call call) {
        QueryParameters.none(call);
        return tagged(webhooks.change(call, id(call)));
    }

    private Reply delete(Call call) {
        QueryParameters.none(call);
        webhooks.delete(call, id(call));
        return Reply.noContent();
    }

    private Reply test(Call call) {
        QueryParameters.none(call);
        return Reply.ok(webhooks.test(call, id(call)));
    }

    private Reply deliveries(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("status", "page", "page_size"));
        return Reply.ok(webhooks.deliveries(
                id(call), query.choice("status", WebhookListing.STATUSES).orElse(null), PageRequest.of(query)));
    }

    private static UUID id(Call call) {
        return PathIds.read(call, "webhook");
    }

    private static Reply tagged(Webhook webhook) {
        return TaggedReply.of(200, webhook, webhook.version());
    }
}
