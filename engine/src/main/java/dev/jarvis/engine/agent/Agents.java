package dev.jarvis.engine.agent;

import dev.jarvis.engine.mcp.McpTools;
import dev.jarvis.platform.answer.Page;
import dev.jarvis.platform.audit.AuditTrail;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.input.ExpectedVersion;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.PageRequest;
import dev.jarvis.platform.input.PathIds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Creates, changes and finds agents. Each change of what an agent is makes a version; who may use it has none. */
public final class Agents {
    private static final String NOUN = "agent";
    private static final int MAX_SLUG = 64;
    private static final int TRIES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final AuditTrail audit;

    public Agents(Jdbi jdbi, AuditTrail audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /** One that the caller may use. */
    public Optional<Agent> find(Identity caller, UUID id) {
        return jdbi.withHandle(
                handle -> AgentTable.find(handle, id).filter(agent -> Sharing.isOpen(handle, agent, caller)));
    }

    /** The same by the name that it has in the OpenAI dialect. */
    public Optional<Agent> findSlug(Identity caller, String slug) {
        return jdbi.withHandle(
                handle -> AgentTable.findSlug(handle, slug).filter(agent -> Sharing.isOpen(handle, agent, caller)));
    }

    /** One that a run's plan names: whether its user may use it was asked when that was made. */
    public Optional<Agent> findForRun(UUID id) {
        return jdbi.withHandle(handle -> AgentTable.find(handle, id));
    }

    /** Those that the caller may use, the last changed first. */
    public Page<Agent> list(Identity caller, boolean all, @Nullable String text, PageRequest page) {
        return jdbi.withHandle(handle -> Page.of(
                AgentTable.list(handle, caller, all, text, page), AgentTable.count(handle, caller, all, text), page));
    }

    Agent create(Call call) {
        ObjectNode body = call.read(ObjectNode.class);
        AgentFields.refuseCredentials(body);
        Fields in = Fields.of(body);
        AgentConfig config = AgentFields.ofNew(in);
        Optional<String> slug = slug(in);
        Visibility visibility = Visibility.of(in.choice("visibility", Visibility.CODES, "own"));
        in.refuseOthers();
        return insert(call, config, slug, visibility);
    }

    /** A new agent of the caller. */
    Agent insert(Call call, AgentConfig config, Optional<String> slug, Visibility visibility) {
        Identity caller = call.caller();
        return jdbi.inTransaction(handle -> {
            requireTools(handle, caller, config.tools(), List.of(), null);
            UUID id = Uuid7.next();
            insertWithSlug(handle, id, caller, config, slug, visibility);
            AgentTable.insertVersion(handle, id, 1, config, caller);
            return recorded(handle, call, "agent.create", null, id);
        });
    }

    private static void insertWithSlug(
            Handle handle, UUID id, Identity caller, AgentConfig config, Optional<String> slug, Visibility visibility) {
        if (slug.isPresent()) {
            if (!AgentTable.insert(handle, id, slug.get(), caller, visibility)) {
                throw taken();
            }
            return;
        }
        String made = slugOf(config.name());
        for (int i = 0; i < TRIES; i++) {
            String tried = i == 0 ? made : made.substring(0, Math.min(made.length(), MAX_SLUG - 9)) + "-" + random();
            if (AgentTable.insert(handle, id, tried, caller, visibility)) {
                return;
            }
        }
        throw new IllegalStateException("no free name was found");
    }

    Agent change(Call call, UUID id) {
        ObjectNode body = call.read(ObjectNode.class);
        AgentFields.refuseCredentials(body);
        Fields in = Fields.of(body);
        Identity caller = call.caller();
        return jdbi.inTransaction(handle -> {
            Agent before = lockEditable(handle, caller, id);
            ExpectedVersion.of(call).require(before.version(), "agent");
            AgentConfig config = AgentFields.read(in, before.config());
            String slug = slug(in).orElse(before.slug());
            Visibility visibility = Visibility.of(in.choice(
                    "visibility", Visibility.CODES, before.visibility().code()));
            in.refuseOthers();
            requireTools(handle, caller, config.tools(), before.config().tools(), id);
            if (AgentTable.isTaken(handle, slug, id)) {
                throw taken();
            }
            boolean shared = visibility == Visibility.TEAM && before.visibility() != Visibility.TEAM;
            int version = before.version();
            if (!config.equals(before.config())) {
                version = nextVersion(handle, id);
                AgentTable.insertVersion(handle, id, version, config, caller);
            }
            AgentTable.update(handle, id, version, slug, visibility, shared ? caller.teamId() : before.teamId());
            return recorded(handle, call, "agent.update", before, id);
        });
    }

    /** Makes a new version of an old one. */
    Agent restore(Call call, UUID id, int version) {
        Identity caller = call.caller();
        return jdbi.inTransaction(handle -> {
            Agent now = lockEditable(handle, caller, id);
            ExpectedVersion.of(call).require(now.version(), "agent");
            AgentConfig config = AgentTable.findVersion(handle, id, version)
                    .orElseThrow(() -> PathIds.notFound("agent_version"))
                    .config();
            int next = nextVersion(handle, id);
            AgentTable.insertVersion(handle, id, next, config, caller);
            AgentTable.update(handle, id, next, now.slug(), now.visibility(), now.teamId());
            return recorded(handle, call, "agent.update", now, id);
        });
    }

    /** Versions are counted without gaps, so the next one is known under the agent's lock. */
    private static int nextVersion(Handle handle, UUID id) {
        return (int) AgentTable.countVersions(handle, id) + 1;
    }

    void delete(Call call, UUID id) {
        jdbi.useTransaction(handle -> {
            Agent before = lockEditable(handle, call.caller(), id);
            AgentTable.delete(handle, id);
            audit.record(handle, call, "agent.delete", NOUN, id, AgentRecord.of(before), null);
        });
    }

    private Agent recorded(Handle handle, Call call, String action, @Nullable Agent before, UUID id) {
        Agent after = AgentTable.find(handle, id).orElseThrow();
        audit.record(
                handle, call, action, NOUN, id, before == null ? null : AgentRecord.of(before), AgentRecord.of(after));
        return after;
    }

    Page<AgentVersion> versions(Identity caller, UUID id, PageRequest page) {
        requireOpen(caller, id);
        return jdbi.withHandle(
                handle -> Page.of(AgentTable.versions(handle, id, page), AgentTable.countVersions(handle, id), page));
    }

    Agent version(Identity caller, UUID id, int version) {
        requireOpen(caller, id);
        return jdbi.withHandle(handle -> AgentTable.findVersion(handle, id, version))
                .orElseThrow(() -> PathIds.notFound("agent_version"));
    }

    private void requireOpen(Identity caller, UUID id) {
        if (find(caller, id).isEmpty()) {
            throw PathIds.notFound("agent");
        }
    }

    private static Agent lockEditable(Handle handle, Identity caller, UUID id) {
        Agent agent = AgentTable.lock(handle, id)
                .filter(found -> Sharing.isOpen(handle, found, caller))
                .orElseThrow(() -> PathIds.notFound("agent"));
        if (!agent.isEditableBy(caller)) {
            throw Refusal.forbidden("not_the_owner", "Only its owner and administrators may change this agent.");
        }
        return agent;
    }

    /**
     * Agents among the tools must be there, and be the caller's to use; tools of MCP servers must be allowed, if they were not among
     * the tools before: one that is not allowed any more may stay until somebody removes it.
     */
    private static void requireTools(
            Handle handle, Identity caller, List<ToolChoice> tools, List<ToolChoice> before, @Nullable UUID self) {
        for (int i = 0; i < tools.size(); i++) {
            UUID agent = tools.get(i).agentId();
            if (agent != null
                    && (agent.equals(self)
                            || AgentTable.find(handle, agent)
                                    .filter(found -> Sharing.isOpen(handle, found, caller))
                                    .isEmpty())) {
                throw Refusal.badRequest(
                        "invalid_value",
                        "'tools[" + i + "].agent_id' must be another agent that you may use.",
                        "tools[" + i + "].agent_id");
            }
            UUID server = tools.get(i).serverId();
            if (server != null
                    && !before.contains(tools.get(i))
                    && !McpTools.isAllowed(handle, server, tools.get(i).name())) {
                throw Refusal.badRequest(
                        "invalid_value",
                        "'tools[" + i + "]' must be a tool of an MCP server that an administrator has allowed: see GET"
                                + " /api/v1/tools.",
                        "tools[" + i + "].server_id");
            }
        }
    }

    private static Optional<String> slug(Fields in) {
        Optional<String> slug = in.string("slug", MAX_SLUG);
        if (slug.isPresent() && !slug.get().matches("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'slug' must be lower-case letters, digits and hyphens, and neither begin nor end with a hyphen.",
                    "slug");
        }
        return slug;
    }

    private static String slugOf(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        if (plain.isEmpty()) {
            return "agent-" + random();
        }
        return plain.substring(0, Math.min(plain.length(), MAX_SLUG)).replaceAll("-+$", "");
    }

    private static String random() {
        return HexFormat.of().toHexDigits(RANDOM.nextInt());
    }

    private static Refusal taken() {
        return Refusal.conflict("slug_taken", "Another agent has this slug. Choose another one.", "slug");
    }
}
