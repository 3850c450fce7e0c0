package dev.jarvis.engine.run;

import dev.jarvis.engine.attachment.Attachment;
import dev.jarvis.engine.attachment.AttachmentLimits;
import dev.jarvis.engine.conversation.Message;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A branch as messages of a plan. What is attached is referred to: {@link AttachedFiles} puts it in when a request is made,
 * so that a plan does not hold every image of its conversation again.
 */
final class BranchHistory {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Providers refuse a message that says nothing. */
    private static final String NOTHING_LEFT = "[The files of this message were deleted.]";

    private BranchHistory() {}

    /** @param vision whether the model reads images; to one that does not their names are told */
    static List<ObjectNode> of(List<Message> branch, boolean vision) {
        Set<UUID> shown = vision ? shownImages(branch) : Set.of();
        List<ObjectNode> history = new ArrayList<>();
        for (Message message : branch) {
            ObjectNode one = NODES.objectNode().put("role", message.role());
            if (message.attachments().isEmpty()) {
                one.put("content", message.text().isBlank() ? NOTHING_LEFT : message.text());
            } else {
                addParts(one.putArray("content"), message, shown);
            }
            history.add(one);
        }
        return history;
    }

    private static void addParts(ArrayNode parts, Message message, Set<UUID> shown) {
        for (Attachment attachment : message.attachments()) {
            if (attachment.showsPicture() && !shown.contains(attachment.id())) {
                parts.addObject()
                        .put("type", "text")
                        .put("text", "[An image was left out: " + Marked.quoted(attachment.name()) + "]");
            } else {
                parts.addObject()
                        .put("type", "attachment")
                        .put("id", attachment.id().toString())
                        .put("tokens", attachment.tokens());
            }
        }
        if (!message.text().isBlank()) {
            parts.addObject().put("type", "text").put("text", message.text());
        }
    }

    /** The newest, as many as a request can carry. */
    private static Set<UUID> shownImages(List<Message> branch) {
        Set<UUID> shown = new HashSet<>();
        long bytes = 0;
        for (Message message : branch.reversed()) {
            for (Attachment attachment : message.attachments()) {
                bytes += attachment.showsPicture() ? attachment.size() : 0;
                if (attachment.showsPicture() && bytes <= AttachmentLimits.IMAGES_A_REQUEST) {
                    shown.add(attachment.id());
                }
            }
        }
        return shown;
    }
}
