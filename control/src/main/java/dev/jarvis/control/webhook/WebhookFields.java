package dev.jarvis.control.webhook;

import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;

import java.util.List;
import java.util.Optional;

/**
 * What an administrator sets of a webhook.
 *
 * @param url https, or http inside the networks that the operator allowed
 */
record WebhookFields(String url, String description, List<String> eventTypes, boolean enabled) {
    /** What can be subscribed to. Budgets' events are raised by {@code migrations/008_budgets.sql}. */
    static final List<String> EVENT_TYPES = List.of("budget.warning", "budget.exhausted");

    private static final int MAX_URL = 2000;
    private static final int MAX_DESCRIPTION = 500;
    private static final int MAX_TYPE = 64;

    /** A new webhook's. Blocking: the URL's host is resolved. */
    static WebhookFields ofNew(Fields in, AddressGuard guard) {
        return read(in.require("url", "event_types"), new WebhookFields("", "", List.of(), true), guard);
    }

    /** A webhook's after a change: what is absent stays. */
    static WebhookFields ofChanged(Fields in, Webhook webhook, AddressGuard guard) {
        return read(
                in,
                new WebhookFields(webhook.url(), webhook.description(), webhook.eventTypes(), webhook.enabled()),
                guard);
    }

    private static WebhookFields read(Fields in, WebhookFields otherwise, AddressGuard guard) {
        WebhookFields fields = new WebhookFields(
                in.string("url", MAX_URL)
                        .map(text -> guard.checkUrl(text, "url").toString())
                        .orElse(otherwise.url()),
                in.paragraph("description", MAX_DESCRIPTION, otherwise.description()),
                in.lines("event_types", EVENT_TYPES.size(), MAX_TYPE, Optional.of(otherwise.eventTypes()))
                        .orElse(List.of()),
                in.flag("enabled", otherwise.enabled()));
        in.refuseOthers();
        if (fields.eventTypes().isEmpty() || !EVENT_TYPES.containsAll(fields.eventTypes())) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'event_types' must be one or more of " + String.join(", ", EVENT_TYPES) + ".",
                    "event_types");
        }
        return fields;
    }
}
