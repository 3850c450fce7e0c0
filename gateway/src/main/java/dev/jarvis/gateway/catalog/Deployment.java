package dev.jarvis.gateway.catalog;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * Where a model is served.
 *
 * @param id {@code llm_models.id}
 * @param provider as the administrator named it, for example {@code openai}
 * @param baseUrl without a trailing slash; {@code /chat/completions} follows it
 * @param upstreamModel the provider's own name of the model
 * @param keys the enabled ones, in the administrator's order
 * @param builtIn the demo model, which this server serves itself on loopback; nothing else may be on loopback
 */
public record Deployment(
        UUID id,
        String provider,
        URI baseUrl,
        AuthScheme auth,
        KeyMode keyMode,
        String upstreamModel,
        List<ProviderKey> keys,
        boolean builtIn) {}
