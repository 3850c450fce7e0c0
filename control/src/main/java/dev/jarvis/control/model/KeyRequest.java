package dev.jarvis.control.model;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.vault.Secret;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One item of {@code api_keys}. With an id it is about a key that the model has, without one it is a new key.
 *
 * @param place of the item, for messages: {@code api_keys[0]}
 * @param secret the key itself; an item with an id may leave it out, and keeps the sealed one
 * @param fields name, status and weight, read over what holds so far
 */
record KeyRequest(String place, Optional<UUID> id, Optional<Secret> secret, Fields fields) {
    private static final int MOST_KEYS = 100;
    private static final int LONGEST_KEY = 4096;

    static Optional<List<KeyRequest>> readAll(Fields model) {
        return model.objects("api_keys", MOST_KEYS).map(items -> {
            List<KeyRequest> keys = new ArrayList<>();
            Set<UUID> ids = new HashSet<>();
            for (Fields item : items) {
                KeyRequest key = read(item, "api_keys[" + keys.size() + "]");
                key.id().filter(id -> !ids.add(id)).ifPresent(id -> {
                    throw Refusal.badRequest("invalid_value", "A key is listed twice.", item.param("id"));
                });
                keys.add(key);
            }
            return keys;
        });
    }

    private static KeyRequest read(Fields item, String place) {
        Optional<UUID> id = item.id("id");
        if (id.isEmpty()) {
            item.require("key");
        }
        return new KeyRequest(place, id, secret(item, "key"), item);
    }

    /** A key that stands by itself. */
    static Optional<Secret> secret(Fields in, String name) {
        return in.string(name, LONGEST_KEY).map(text -> secret(text, in, name));
    }

    private static Secret secret(String text, Fields item, String name) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Refusal.badRequest(
                    "invalid_key", "A key is visible ASCII without spaces; check how it was copied.", item.param(name));
        }
        return new Secret(text);
    }

    /** What the item says of a key besides its secret. */
    KeyUse over(KeyUse before) {
        KeyUse after = new KeyUse(
                fields.paragraph("name", 100, before.name()),
                fields.choice("status", List.of("enabled", "disabled"), before.status()),
                fields.integer("weight", 1, 1000, before.weight()));
        fields.refuseOthers();
        return after;
    }

    @Override
    public String toString() {
        return "KeyRequest[" + place + "]";
    }
}
