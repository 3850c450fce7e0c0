package dev.jarvis.engine.attachment;

import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.input.QueryParameters;
import io.vertx.core.http.HttpMethod;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code /api/v1/attachments}: files for messages to agents. */
public final class AttachmentEndpoint {
    private final Attachments attachments;

    public AttachmentEndpoint(Attachments attachments) {
        this.attachments = attachments;
    }

    public void addTo(BlockingEndpoints endpoints) {
        String one = "/api/v1/attachments/{id}";
        endpoints
                .addUpload(
                        HttpMethod.POST,
                        "/api/v1/attachments",
                        Access.USER,
                        "application/octet-stream",
                        attachments.limits().file(),
                        this::add)
                .add(HttpMethod.GET, "/api/v1/attachment-limits", Access.USER, this::limits)
                .add(HttpMethod.GET, one, Access.USER, this::get)
                .add(HttpMethod.DELETE, one, Access.USER, this::delete)
                .add(HttpMethod.GET, one + "/content", Access.USER, this::content);
    }

    private Reply add(Call call) {
        QueryParameters query = new QueryParameters(call, Set.of("name"));
        String name = query.text("name")
                .orElseThrow(() -> Refusal.badRequest("missing_parameter", "'name' of the file is missing.", "name"));
        return Reply.created(attachments.add(call.caller(), name, call.body()));
    }

    private Reply limits(Call call) {
        QueryParameters.none(call);
        AttachmentLimits limits = attachments.limits();
        return Reply.ok(new Limits(limits.file(), limits.user(), AttachmentLimits.A_MESSAGE));
    }

    private record Limits(long fileBytes, long userBytes, int messageFiles) {}

    private Reply get(Call call) {
        return Reply.ok(attachments.own(call.caller(), idOf(call)));
    }

    private Reply delete(Call call) {
        attachments.delete(call.caller(), idOf(call));
        return Reply.noContent();
    }

    /** To be saved, never to be shown by a browser as a page of this server. */
    private Reply content(Call call) {
        Attachment attachment = attachments.own(call.caller(), idOf(call));
        return new Reply(
                200,
                Map.of(
                        "content-type",
                        attachment.mediaType(),
                        "content-disposition",
                        "attachment; filename=\"" + ascii(attachment.name()) + "\"; filename*=UTF-8''"
                                + URLEncoder.encode(attachment.name(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"),
                        "content-security-policy",
                        "sandbox; default-src 'none'"),
                attachments.content(call.caller(), attachment.id()));
    }

    /** For programs that do not know {@code filename*}. */
    private static String ascii(String name) {
        return name.replaceAll("[^A-Za-z0-9._ -]", "_");
    }

    private static UUID idOf(Call call) {
        return PathIds.read(call, "attachment");
    }
}
