package dev.jarvis.gateway.meter;

import dev.jarvis.platform.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RowTextTest {
    @Test
    void isJsonWhateverIsInTheTexts() {
        String awkward = "quote \" backslash \\ line\nnull \u0000 bell \u0007 umlaut ü 漢字 \ud83d\ude00";

        String text = new RowText(16)
                .startArray()
                .startObject()
                .text("plain", "one")
                .text("awkward", awkward)
                .number("count", Long.MIN_VALUE)
                .text("last", "")
                .endObject()
                .startObject()
                .endObject()
                .endArray()
                .toString();

        JsonNode rows = Json.MAPPER.readTree(text);
        assertThat(rows.get(0).get("awkward").asString()).isEqualTo(awkward);
        assertThat(rows)
                .hasToString(Json.MAPPER
                        .readTree("""
                                [{"plain":"one","awkward":%s,"count":-9223372036854775808,"last":""},{}]
                                """.formatted(Json.MAPPER.writeValueAsString(awkward)))
                        .toString());
    }
}
