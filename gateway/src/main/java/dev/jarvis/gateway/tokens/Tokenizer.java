package dev.jarvis.gateway.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.jarvis.gateway.catalog.Deployment;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * OpenAI's tokenizers, for models by their names at providers that serve no others under them. Elsewhere a name proves nothing: a
 * server of one's own may serve anything as {@code gpt-4o}.
 */
enum Tokenizer {
    O200K(EncodingType.O200K_BASE, "(gpt-4o|chatgpt-4o|gpt-4\\.1|gpt-4\\.5|gpt-5|o1|o3|o4)([-.].*)?"),
    CL100K(EncodingType.CL100K_BASE, "(gpt-4|gpt-4-turbo|gpt-3\\.5-turbo)(-\\d.*|-preview|-turbo-preview)?");

    /** Vocabularies are read when they are first needed, in about a second. */
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private static final Set<String> PROVIDERS = Set.of("openai", "azure");

    private final EncodingType type;
    private final Pattern models;

    Tokenizer(EncodingType type, String models) {
        this.type = type;
        this.models = Pattern.compile(models);
    }

    static Optional<Tokenizer> of(Deployment deployment) {
        if (!PROVIDERS.contains(deployment.provider().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String model = deployment.upstreamModel().toLowerCase(Locale.ROOT);
        for (Tokenizer tokenizer : values()) {
            if (tokenizer.models.matcher(model).matches()) {
                return Optional.of(tokenizer);
            }
        }
        return Optional.empty();
    }

    /** What looks like a special token counts as the text it is: the longer way. */
    long count(String text) {
        return REGISTRY.getEncoding(type).countTokensOrdinary(text);
    }
}
