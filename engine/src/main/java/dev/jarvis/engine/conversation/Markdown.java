package dev.jarvis.engine.conversation;

import java.util.List;

/** A branch of a conversation as Markdown. */
final class Markdown {
    private Markdown() {}

    static String of(Conversation conversation, List<Message> branch) {
        StringBuilder text =
                new StringBuilder("# ").append(conversation.title()).append('\n');
        for (Message message : branch) {
            text.append("\n## ")
                    .append(message.role())
                    .append(" · ")
                    .append(message.createdAt())
                    .append("\n\n")
                    .append(message.text().strip())
                    .append('\n');
            message.attachments()
                    .forEach(attachment ->
                            text.append("\n- 📎 ").append(attachment.name()).append('\n'));
        }
        return text.toString();
    }
}
