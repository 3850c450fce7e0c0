package dev.jarvis.control.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A webhook with its whole secret: the answer to its creation, and the only one that ever has it. */
record IssuedWebhook(@JsonUnwrapped Webhook webhook, String secret) {
    @Override
    public String toString() {
        return "IssuedWebhook[" + webhook.id() + "]";
    }
}
