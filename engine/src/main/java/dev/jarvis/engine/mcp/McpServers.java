package dev.jarvis.engine.mcp;

import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.engine.mcp.client.McpException;
import dev.jarvis.engine.mcp.client.McpSession;
import dev.jarvis.engine.model.Stop;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.audit.AuditTrail;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import dev.jarvis.platform.vault.Secret;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What administrators do with MCP servers. */
final class McpServers {
    private static final String NOUN = "mcp_server";

    private final Jdbi jdbi;
    private final AddressGuard guard;
    private final GuardedHttp http;
    private final McpCredentials credentials;
    private final McpListings listings;
    private final AuditTrail audit;

    McpServers(
            Jdbi jdbi,
            AddressGuard guard,
            GuardedHttp http,
            McpCredentials credentials,
            McpListings listings,
            AuditTrail audit) {
        this.jdbi = jdbi;
        this.guard = guard;
        this.http = http;
        this.credentials = credentials;
        this.listings = listings;
        this.audit = audit;
    }

    Page<McpServer> list(@Nullable String text, PageRequest page) {
        return jdbi.withHandle(
                handle -> Page.of(McpServerTable.list(handle, text, page), McpServerTable.count(handle, text), page));
    }

    McpServer find(UUID id) {
        return jdbi.withHandle(handle -> McpServerTable.find(handle, id)).orElseThrow(() -> PathIds.notFound(NOUN));
    }

    List<McpTool> tools(UUID id) {
        find(id);
        return jdbi.withHandle(handle -> McpToolTable.list(handle, id));
    }

    McpServer create(Call call) {
        McpServerFields fields = McpServerFields.ofNew(Fields.of(call), guard);
        UUID id = Uuid7.next();
        if (fields.auth() != Auth.NONE && fields.secret().isEmpty()) {
            throw secretRequired("'auth.secret' is missing.");
        }
        return jdbi.inTransaction(handle -> {
            requireFree(handle, id, fields);
            McpServerTable.insert(handle, id, fields);
            fields.secret().ifPresent(secret -> seal(handle, id, fields, secret));
            McpServer created = McpServerTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "mcp_server.create", NOUN, id, null, McpServerView.of(created));
            return created;
        });
    }

    McpServer change(Call call, UUID id) {
        McpServer before = find(id);
        ExpectedVersion.of(call).require(before.version(), "MCP server");
        // Names are resolved before the row is locked.
        McpServerFields fields = McpServerFields.ofChange(Fields.of(call), guard, before);
        return jdbi.inTransaction(handle -> {
            McpServer now = McpServerTable.lock(handle, id).orElseThrow(() -> PathIds.notFound(NOUN));
            new ExpectedVersion(List.of(ExpectedVersion.tag(before.version()))).require(now.version(), "MCP server");
            requireFree(handle, id, fields);
            McpServerTable.update(handle, id, fields);
            keepSecret(handle, now, fields);
            McpServer after = McpServerTable.find(handle, id).orElseThrow();
            audit.record(handle, call, "mcp_server.update", NOUN, id, McpServerView.of(now), McpServerView.of(after));
            return after;
        });
    }

    /** A credential that was given for one host is never sent to another one. */
    private void keepSecret(Handle handle, McpServer before, McpServerFields after) {
        if (after.auth() == Auth.NONE) {
            McpServerTable.seal(handle, before.id(), null, null, null);
        } else if (after.secret().isPresent()) {
            seal(handle, before.id(), after, after.secret().get());
        } else if (before.keyId() == null) {
            throw secretRequired("'auth.secret' is missing.");
        } else if (!McpCredentials.isSamePlace(before, after)) {
            throw secretRequired(
                    "The credential was given for another host or header. Enter it again in 'auth.secret'.");
        }
    }

    private void seal(Handle handle, UUID id, McpServerFields fields, Secret secret) {
        McpServerTable.seal(handle, id, credentials.seal(secret, id, fields), credentials.keyId(), secret.hint());
    }

    private static void requireFree(Handle handle, UUID id, McpServerFields fields) {
        McpServerTable.taken(handle, id, fields).ifPresent(field -> {
            throw field.equals("name")
                    ? Refusal.conflict("name_taken", "Another MCP server has this name. Choose another one.", field)
                    : Refusal.conflict("slug_taken", "Another MCP server has this slug. Choose another one.", field);
        });
    }

    void delete(Call call, UUID id) {
        jdbi.useTransaction(handle -> {
            McpServer before = McpServerTable.lock(handle, id).orElseThrow(() -> PathIds.notFound(NOUN));
            McpServerTable.delete(handle, id);
            audit.record(handle, call, "mcp_server.delete", NOUN, id, McpServerView.of(before), null);
        });
    }

    /** Asks the server for its tools. That it does not answer is no refusal: the server's state says so. */
    McpServer refresh(UUID id) {
        McpServer server = find(id);
        Stop stop = new Stop();
        try (McpSession session = McpSession.open(http, credentials.peer(server), stop)) {
            listings.read(server, session, stop);
        } catch (McpException e) {
            listings.failed(id, e);
        }
        return find(id);
    }

    /** @param fingerprint of what was read before it was allowed */
    private record Decision(String name, Optional<Boolean> allowed, Optional<Boolean> approval, String fingerprint) {}

    /** What of the decision a record is kept of. */
    private record Decided(
            String name,
            boolean allowed,
            boolean approval,
            @Nullable String fingerprint) {
        static Decided of(McpTool tool) {
            return new Decided(tool.name(), tool.allowed(), tool.approval(), tool.allowedFingerprint());
        }
    }

    List<McpTool> decide(Call call, UUID id) {
        Fields in = Fields.of(call).require("tools");
        List<Decision> decisions = in.objects("tools", 256).orElseThrow().stream()
                .map(McpServers::decision)
                .toList();
        in.refuseOthers();
        ExpectedVersion expected = ExpectedVersion.of(call);
        return jdbi.inTransaction(handle -> {
            McpServer server = McpServerTable.lock(handle, id).orElseThrow(() -> PathIds.notFound(NOUN));
            expected.require(server.version(), "MCP server");
            List<Decided> before =
                    McpToolTable.list(handle, id).stream().map(Decided::of).toList();
            for (int i = 0; i < decisions.size(); i++) {
                decide(handle, call, id, decisions.get(i), "tools[" + i + "]");
            }
            McpServerTable.touch(handle, id);
            McpToolTable.forgetUnused(handle, id);
            List<McpTool> after = McpToolTable.list(handle, id);
            audit.record(
                    handle,
                    call,
                    "mcp_server.allow_tools",
                    NOUN,
                    id,
                    Map.of("tools", before),
                    Map.of("tools", after.stream().map(Decided::of).toList()));
            return after;
        });
    }

    private static Decision decision(Fields in) {
        in.require("name");
        Decision decision = new Decision(
                in.string("name", 128).orElseThrow(),
                in.has("allowed") ? Optional.of(in.flag("allowed", false)) : Optional.empty(),
                in.has("approval") ? Optional.of(in.flag("approval", true)) : Optional.empty(),
                in.string("fingerprint", 64).orElse(""));
        in.refuseOthers();
        return decision;
    }

    private static void decide(Handle handle, Call call, UUID server, Decision decision, String param) {
        McpTool tool = McpToolTable.find(handle, server, decision.name())
                .orElseThrow(() -> Refusal.badRequest(
                        "invalid_value", "'" + param + ".name' must be a tool of this server.", param + ".name"));
        boolean approval = decision.approval().orElse(tool.approval());
        if (!decision.allowed().orElse(tool.allowed())) {
            McpToolTable.disallow(handle, server, tool.name(), approval);
            return;
        }
        if (decision.allowed().isEmpty() && !tool.isUsable()) {
            McpToolTable.approval(handle, server, tool.name(), approval);
            return;
        }
        if (!tool.listed() || tool.fault() != null) {
            throw Refusal.conflict(
                    "tool_unusable",
                    "The tool '" + tool.name() + "' cannot be allowed: "
                            + (tool.listed() ? tool.fault() : "the server does not list it any more."),
                    param + ".allowed");
        }
        if (decision.allowed().isPresent() && !decision.fingerprint().equals(tool.fingerprint())) {
            throw Refusal.conflict(
                    "tool_changed",
                    "The tool '" + tool.name()
                            + "' is not the one that you read: 'fingerprint' is another. Read it again.",
                    param + ".fingerprint");
        }
        McpToolTable.allow(handle, server, tool.name(), approval, call.caller().username());
    }

    private static Refusal secretRequired(String message) {
        return Refusal.badRequest("secret_required", message, "auth.secret");
    }
}
