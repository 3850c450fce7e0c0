package dev.jarvis.control.model;

import dev.jarvis.platform.json.Json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A provider that speaks OpenAI's dialect, so that nobody has to look up its address.
 *
 * @param id also what the price catalogue calls the provider, where it knows it
 * @param name by language: {@code en}, {@code zh}
 * @param keyUrl where one gets a key; empty if it needs none
 * @param needsKey whether it refuses calls without one
 * @param privateNetwork whether it usually runs on a machine of one's own, which JARVIS_UPSTREAM_ALLOW has to permit
 */
record ProviderPreset(
        String id,
        Map<String, String> name,
        String baseUrl,
        String authType,
        String keyUrl,
        boolean needsKey,
        boolean privateNetwork) {

    private record File(List<ProviderPreset> presets) {}

    static List<ProviderPreset> shipped() {
        try (InputStream file =
                Objects.requireNonNull(ProviderPreset.class.getResourceAsStream("provider-presets.json"))) {
            return Json.MAPPER.readValue(file, File.class).presets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
