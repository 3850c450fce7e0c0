package dev.jarvis.engine.run;

import dev.jarvis.engine.attachment.AttachmentLimits;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuids;
import dev.jarvis.platform.input.Fields;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A message as it is sent.
 *
 * @param placed whether it says what it follows; a {@code parent} that is empty then is the beginning
 */
record MessageFields(
        String text, boolean placed, Optional<UUID> parent, List<UUID> attachments, Map<String, String> variables) {
    private static final int MAX_TEXT = 200_000;
    private static final int MAX_VALUE = 10_000;
    private static final int MOST_VARIABLES = 50;

    static MessageFields of(Call call) {
        Fields in = Fields.of(call).require("text");
        MessageFields fields = new MessageFields(
                in.paragraph("text", MAX_TEXT, ""),
                in.has("parent_id"),
                in.id("parent_id", Optional.empty()),
                attachments(in),
                variables(in));
        in.refuseOthers();
        if (fields.text.isBlank() && fields.attachments.isEmpty()) {
            throw Refusal.badRequest("invalid_length", "'text' must not be empty.", "text");
        }
        return fields;
    }

    private static List<UUID> attachments(Fields in) {
        return in
                .lines("attachment_ids", AttachmentLimits.A_MESSAGE, 36, Optional.of(List.of()))
                .orElse(List.of())
                .stream()
                .map(id -> Uuids.canonical(id)
                        .orElseThrow(() -> Refusal.badRequest(
                                "invalid_value", "'attachment_ids' must be ids of files.", "attachment_ids")))
                .toList();
    }

    /** What the agent's instructions leave open. */
    static Map<String, String> variables(Fields in) {
        Map<String, String> variables = new HashMap<>();
        in.objects("variables", MOST_VARIABLES).ifPresent(items -> {
            for (Fields item : items) {
                item.require("name", "value");
                variables.put(item.line("name", 100, ""), item.paragraph("value", MAX_VALUE, ""));
                item.refuseOthers();
            }
        });
        return variables;
    }
}
