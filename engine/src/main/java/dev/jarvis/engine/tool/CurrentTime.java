package dev.jarvis.engine.tool;

import dev.jarvis.platform.json.Json;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** The date and time, somewhere. */
public final class CurrentTime implements Tool {
    private final Clock clock;

    public CurrentTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "current_time";
    }

    @Override
    public String description() {
        return "The current date, time and day of the week in a time zone.";
    }

    @Override
    public ObjectNode parameters() {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"type":"object","properties":{"time_zone":{"type":"string","description":
                "IANA name such as Europe/Berlin or Asia/Shanghai; UTC if absent"}},"additionalProperties":false}""");
    }

    @Override
    public boolean hasSideEffects() {
        return false;
    }

    @Override
    public ToolOutcome call(ObjectNode arguments, ToolContext context) {
        String zone = arguments.path("time_zone").asString("UTC");
        try {
            ZonedDateTime now = ZonedDateTime.now(clock.withZone(ZoneId.of(zone)));
            return ToolOutcome.of(now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME) + " "
                    + now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " (" + zone + ")");
        } catch (DateTimeException e) {
            return ToolOutcome.failed("There is no time zone of that name. Use an IANA name such as Europe/Berlin.");
        }
    }
}
