package dev.jarvis.engine.attachment;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Jdbi;

import java.util.UUID;

/** Files of their users, and of nobody else. */
public final class Attachments {
    private final Jdbi jdbi;
    private final AttachmentLimits limits;
    private final FileReader reader = new FileReader(new PdfReader());

    public Attachments(Jdbi jdbi, AttachmentLimits limits) {
        this.jdbi = jdbi;
        this.limits = limits;
    }

    AttachmentLimits limits() {
        return limits;
    }

    Attachment add(Identity caller, String name, byte[] bytes) {
        FileContent file = reader.read(bytes);
        UUID id = Uuid7.next();
        return jdbi.inTransaction(handle -> {
            if (!AttachmentTable.insert(handle, id, caller.userId(), name, bytes, file, limits.user())) {
                throw Refusal.conflict(
                        "attachments_full",
                        "Your files would take more than " + (limits.user() >> 20)
                                + " MiB. Delete conversations that have files.",
                        null);
            }
            return AttachmentTable.find(handle, caller.userId(), id).orElseThrow();
        });
    }

    Attachment own(Identity caller, UUID id) {
        return jdbi.withHandle(handle -> AttachmentTable.find(handle, caller.userId(), id))
                .orElseThrow(() -> PathIds.notFound("attachment"));
    }

    byte[] content(Identity caller, UUID id) {
        return jdbi.withHandle(handle -> AttachmentTable.content(handle, caller.userId(), id))
                .orElseThrow(() -> PathIds.notFound("attachment"));
    }

    void delete(Identity caller, UUID id) {
        jdbi.useTransaction(handle -> {
            Attachment attachment =
                    AttachmentTable.find(handle, caller.userId(), id).orElseThrow(() -> PathIds.notFound("attachment"));
            UUID conversation = attachment.conversationId();
            if (conversation != null) {
                AttachmentTable.lockConversation(handle, conversation);
                AttachmentTable.deleteSummaries(handle, conversation);
            }
            if (!AttachmentTable.delete(handle, caller.userId(), id)) {
                throw Refusal.conflict(
                        "run_in_progress", "A message of its conversation is being answered. Wait, or stop it.", null);
            }
        });
    }
}
