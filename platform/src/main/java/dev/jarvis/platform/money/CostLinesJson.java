package dev.jarvis.platform.money;

import tools.jackson.core.JsonGenerator;

/** Cost lines as the column {@code llm_usage.cost_lines} holds them; what is standard is not written. */
public final class CostLinesJson {
    private CostLinesJson() {}

    /** Writes the list. */
    public static void write(JsonGenerator json, CostLines lines) {
        json.writeStartArray();
        for (CostLine line : lines.lines()) {
            json.writeStartObject();
            json.writeStringProperty("class", line.what().code());
            json.writeNumberProperty(line.what() instanceof TokenClass ? "tokens" : "units", line.quantity());
            json.writeNumberProperty("price_nano", line.priceNano());
            json.writeNumberProperty("amount_nano", line.amountNano());
            if (!lines.serviceTier().isEmpty()) {
                json.writeStringProperty("service_tier", lines.serviceTier());
            }
            if (lines.aboveInputTokens() > 0) {
                json.writeNumberProperty("above_input_tokens", lines.aboveInputTokens());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
