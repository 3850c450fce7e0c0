package dev.jarvis.engine.agent;

import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Reads an agent's configuration out of a request. What is absent stays as it was. */
final class AgentFields {
    private static final int MAX_NAME = 100;
    private static final int MAX_TOOL_NAME = 128;
    private static final int MAX_ICON = 200;
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int MAX_INSTRUCTIONS = 50_000;
    private static final int MAX_MODEL_ID = 200;
    private static final int MOST_VARIABLES = 50;
    private static final int MOST_TOOLS = 50;
    private static final int MOST_STOPS = 4;
    private static final int MOST_STEPS = 200;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_TOKENS = 100_000_000;
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high");

    /** How credentials and addresses of providers are called, without hyphens and underscores. */
    private static final Set<String> CREDENTIALS = Set.of(
            "apikey",
            "apikeys",
            "key",
            "keys",
            "secret",
            "secretkey",
            "token",
            "accesstoken",
            "authorization",
            "password",
            "headers",
            "baseurl",
            "apibase",
            "apiurl",
            "endpoint",
            "host",
            "proxy",
            "organization");

    private AgentFields() {}

    /**
     * Refuses what an agent must not carry, before anything else is said of the request.
     *
     * @throws Refusal 400 {@code credentials_not_accepted}
     */
    static void refuseCredentials(ObjectNode body) {
        refuse(body, "");
        JsonNode model = body.get("model");
        if (model instanceof ObjectNode) {
            refuse((ObjectNode) model, "model.");
        }
    }

    private static void refuse(ObjectNode node, String path) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String plain = member.getKey().toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
            if (CREDENTIALS.contains(plain)) {
                throw Refusal.badRequest(
                        "credentials_not_accepted",
                        "An agent holds no key and no address of a provider: it calls models as you, and an administrator"
                                + " keeps the keys. Leave this field out, and name a model.",
                        path + member.getKey());
            }
        }
    }

    static AgentConfig ofNew(Fields in) {
        in.require("name", "model");
        return read(
                in,
                new AgentConfig(
                        "",
                        "",
                        "",
                        "",
                        List.of(),
                        new ModelChoice("", null, null, null, null, null, null, null, null),
                        List.of(),
                        MemoryChoice.DEFAULT,
                        RunLimits.DEFAULT));
    }

    static AgentConfig read(Fields in, AgentConfig now) {
        return new AgentConfig(
                in.line("name", MAX_NAME, now.name()),
                in.paragraph("icon", MAX_ICON, now.icon()),
                in.paragraph("description", MAX_DESCRIPTION, now.description()),
                in.paragraph("instructions", MAX_INSTRUCTIONS, now.instructions()),
                in.objects("variables", MOST_VARIABLES)
                        .map(AgentFields::variables)
                        .orElse(now.variables()),
                in.object("model").map(AgentFields::model).orElse(now.model()),
                in.objects("tools", MOST_TOOLS).map(AgentFields::tools).orElse(now.tools()),
                in.object("memory").map(memory -> memory(memory, now.memory())).orElse(now.memory()),
                in.object("limits").map(limits -> limits(limits, now.limits())).orElse(now.limits()));
    }

    private static List<Variable> variables(List<Fields> items) {
        List<Variable> variables = items.stream().map(AgentFields::variable).toList();
        if (variables.stream().map(Variable::name).distinct().count() < variables.size()) {
            throw Refusal.badRequest("invalid_value", "'variables' has a name twice.", "variables");
        }
        return variables;
    }

    private static Variable variable(Fields in) {
        in.require("name");
        String name = in.line("name", MAX_NAME, "");
        if (!name.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'" + in.param("name") + "' must be letters, digits and underscores, and begin with a letter.",
                    in.param("name"));
        }
        Variable variable = new Variable(
                name, in.paragraph("description", MAX_DESCRIPTION, ""), in.paragraph("fallback", MAX_DESCRIPTION, ""));
        in.refuseOthers();
        return variable;
    }

    private static ModelChoice model(Fields in) {
        in.require("model_id");
        String modelId = in.line("model_id", MAX_MODEL_ID, "");
        if (modelId.startsWith("agent:")) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'" + in.param("model_id") + "' must be a model. Another agent can be among the tools.",
                    in.param("model_id"));
        }
        ModelChoice model = new ModelChoice(
                modelId,
                between(in, "temperature", "0", "2"),
                between(in, "top_p", "0", "1"),
                box(in.positive("max_tokens", OptionalInt.empty())),
                between(in, "presence_penalty", "-2", "2"),
                between(in, "frequency_penalty", "-2", "2"),
                box(in.positive("seed", OptionalInt.empty())),
                in.lines("stop", MOST_STOPS, MAX_NAME, Optional.empty()).orElse(null),
                effort(in));
        in.refuseOthers();
        return model;
    }

    private static @Nullable String effort(Fields in) {
        Optional<String> effort = in.optionalLine("reasoning_effort", MAX_NAME, Optional.empty());
        if (effort.isPresent() && !EFFORTS.contains(effort.get())) {
            throw Refusal.badRequest(
                    "invalid_value",
                    "'" + in.param("reasoning_effort") + "' must be one of " + String.join(", ", EFFORTS) + ".",
                    in.param("reasoning_effort"));
        }
        return effort.orElse(null);
    }

    private static @Nullable BigDecimal between(Fields in, String name, String least, String most) {
        return in.decimal(name, Optional.empty())
                .map(number -> {
                    if (number.compareTo(new BigDecimal(least)) < 0 || number.compareTo(new BigDecimal(most)) > 0) {
                        throw Refusal.badRequest(
                                "out_of_range",
                                "'" + in.param(name) + "' must be from " + least + " to " + most + ".",
                                in.param(name));
                    }
                    return number;
                })
                .orElse(null);
    }

    private static @Nullable Integer box(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static List<ToolChoice> tools(List<Fields> items) {
        List<ToolChoice> tools = items.stream().map(AgentFields::tool).toList();
        long different = tools.stream()
                .map(tool -> List.of(
                        tool.type(),
                        String.valueOf(tool.name()),
                        String.valueOf(tool.agentId()),
                        String.valueOf(tool.serverId())))
                .distinct()
                .count();
        if (different < tools.size()) {
            throw Refusal.badRequest("invalid_value", "'tools' has an item twice.", "tools");
        }
        return tools;
    }

    private static ToolChoice tool(Fields in) {
        in.require("type");
        String type = in.choice("type", List.of("builtin", "agent", "mcp"), "");
        Optional<String> name = in.optionalLine("name", MAX_TOOL_NAME, Optional.empty());
        Optional<UUID> agent = in.id("agent_id", Optional.empty());
        Optional<UUID> server = in.id("server_id", Optional.empty());
        boolean approval = in.flag("approval", false);
        in.refuseOthers();
        return switch (type) {
            case "builtin" -> ToolChoice.builtIn(builtIn(in, name), approval);
            case "mcp" -> new ToolChoice(type, name.orElse(null), null, required(in, "server_id", server), approval);
            default -> new ToolChoice(type, null, required(in, "agent_id", agent), null, approval);
        };
    }

    private static String builtIn(Fields in, Optional<String> name) {
        return name.filter(ToolChoice.BUILT_IN::contains)
                .orElseThrow(() -> Refusal.badRequest(
                        "invalid_value",
                        "'" + in.param("name") + "' must be one of "
                                + String.join(
                                        ", ",
                                        ToolChoice.BUILT_IN.stream().sorted().toList()) + ".",
                        in.param("name")));
    }

    private static UUID required(Fields in, String name, Optional<UUID> id) {
        return id.orElseThrow(
                () -> Refusal.badRequest("missing_parameter", "'" + in.param(name) + "' is missing.", in.param(name)));
    }

    private static MemoryChoice memory(Fields in, MemoryChoice now) {
        MemoryChoice memory = new MemoryChoice(
                in.integer("window_tokens", 500, 2_000_000, now.windowTokens()),
                in.flag("facts", now.facts()),
                in.choice(
                        "mode",
                        List.of(MemoryChoice.WINDOW, MemoryChoice.SUMMARY),
                        now.summarizes() ? MemoryChoice.SUMMARY : MemoryChoice.WINDOW));
        in.refuseOthers();
        return memory;
    }

    private static RunLimits limits(Fields in, RunLimits now) {
        Optional<BigDecimal> cost =
                in.decimal("max_cost", Optional.ofNullable(now.maxCost()).map(BigDecimal::new));
        if (cost.isPresent()
                && (cost.get().signum() < 0
                        || cost.get().scale() > 9
                        || cost.get().precision() > 18)) {
            throw Refusal.badRequest(
                    "out_of_range",
                    "'" + in.param("max_cost") + "' must not be below zero, and have at most 9 decimal places.",
                    in.param("max_cost"));
        }
        RunLimits limits = new RunLimits(
                in.integer("max_steps", 1, MOST_STEPS, now.maxSteps()),
                in.integer("max_tokens", 1, MOST_TOKENS, (int) now.maxTokens()),
                cost.map(BigDecimal::toPlainString).orElse(null),
                in.integer("max_seconds", 1, MOST_SECONDS, now.maxSeconds()));
        in.refuseOthers();
        return limits;
    }
}
