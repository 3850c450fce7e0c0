package dev.jarvis.gateway.relay;

/**
 * Names of OpenTelemetry's semantic conventions for generative AI, v0.1.0 of the repository that they moved to
 * (semantic-conventions-genai). In one place because the conventions are not stable yet.
 */
final class GenAi {
    static final String REQUEST_DURATION = "gen_ai.server.request.duration";
    static final String TIME_TO_FIRST_TOKEN = "gen_ai.server.time_to_first_token";
    static final String TOKEN_USAGE = "gen_ai.client.token.usage";

    static final String OPERATION = "gen_ai.operation.name";
    static final String REQUEST_MODEL = "gen_ai.request.model";
    static final String PROVIDER = "gen_ai.provider.name";
    static final String TOKEN_TYPE = "gen_ai.token.type";
    static final String ERROR_TYPE = "error.type";

    static final String CHAT = "chat";

    private GenAi() {}
}
