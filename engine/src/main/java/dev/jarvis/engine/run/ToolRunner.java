package dev.jarvis.engine.run;

import com.networknt.schema.Error;
import dev.jarvis.engine.model.ToolCall;
import dev.jarvis.engine.tool.ToolContext;
import dev.jarvis.engine.tool.ToolOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Checks what a model asks for, calls it, and bounds what comes back. */
final class ToolRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);
    private static final int MOST_OUTPUT = 100_000;
    private static final int MOST_ARGUMENTS = 256 * 1024;
    private static final int MOST_DEPTH = 64;
    private static final int MOST_FAULTS = 5;

    /** Arguments come from a model: no deeper and no longer than anybody means. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .build())
            .build();

    private final Toolbox toolbox;
    private final ArgumentSchemas schemas = new ArgumentSchemas();

    ToolRunner(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** @param fault for the model: why the call is not made */
    record Checked(PlannedTool tool, ObjectNode arguments, Optional<String> fault) {}

    Checked check(List<PlannedTool> tools, ToolCall call) {
        Optional<PlannedTool> tool =
                tools.stream().filter(one -> one.name().equals(call.name())).findFirst();
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        if (tool.isEmpty()) {
            String names = tools.stream().map(PlannedTool::name).collect(Collectors.joining(", "));
            PlannedTool unknown = new PlannedTool(call.name(), "builtin", "", nothing, null, null, false, false);
            return new Checked(
                    unknown, nothing, Optional.of("There is no tool of that name. There are: " + names + "."));
        }
        if (call.arguments().length() > MOST_ARGUMENTS) {
            return new Checked(tool.get(), nothing, Optional.of("The arguments are too long."));
        }
        try {
            JsonNode arguments = MAPPER.readTree(call.arguments().isBlank() ? "{}" : call.arguments());
            if (!(arguments instanceof ObjectNode object)) {
                return new Checked(tool.get(), nothing, Optional.of("The arguments must be a JSON object."));
            }
            return new Checked(tool.get(), object, faults(tool.get(), object));
        } catch (JacksonException e) {
            return new Checked(
                    tool.get(), nothing, Optional.of("The arguments are not valid JSON: " + e.getOriginalMessage()));
        }
    }

    private Optional<String> faults(PlannedTool tool, ObjectNode arguments) {
        try {
            List<Error> errors = schemas.of(tool).validate(arguments);
            return errors.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The arguments are not as the tool's schema wants them: "
                            + errors.stream()
                                    .limit(MOST_FAULTS)
                                    .map(Error::toString)
                                    .collect(Collectors.joining("; ")));
        } catch (RuntimeException e) {
            return Optional.of("The tool's schema cannot be used: " + e.getMessage());
        }
    }

    /** A tool's own fault is an answer for the model too: the run goes on. */
    ToolOutcome call(Checked checked, ToolContext context) {
        try {
            return toolbox.call(checked.tool(), checked.arguments(), context);
        } catch (LostLeaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("tool", checked.tool().name())
                    .addKeyValue("run_id", context.runId())
                    .setCause(e)
                    .log("A tool failed");
            return ToolOutcome.failed("The tool failed.");
        }
    }

    /** A run is left: what was kept for it can go. */
    void over(UUID run) {
        toolbox.over(run);
    }

    /** What is stored and sent to the model: text without what neither the database nor JSON holds, and not too much of it. */
    ObjectNode output(ToolOutcome outcome) {
        String content = outcome.content().length() > MOST_OUTPUT
                ? outcome.content().substring(0, MOST_OUTPUT) + "\n[cut off: "
                        + outcome.content().length() + " characters in all]"
                : outcome.content();
        return JsonNodeFactory.instance
                .objectNode()
                .put("content", Text.storable(content))
                .put("failed", outcome.failed());
    }
}
