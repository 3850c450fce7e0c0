package dev.jarvis.control.model;

import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.input.Fields;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of a create or update. What needs the network (the base URL's name) is checked when it is read; the rest
 * when it is laid over the settings that hold so far.
 */
record ModelRequest(Fields fields, Optional<String> baseUrl, Optional<List<KeyRequest>> keys) {
    static final List<String> STATUSES = List.of("enabled", "disabled", "inactive");
    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9._:/@+-]{1,200}");
    private static final int MAX_URL = 4000;

    /** Blocking: resolves the base URL's host. */
    static ModelRequest read(Call call, AddressGuard guard) {
        return read(Fields.of(call), guard);
    }

    /** The same of one model among several. */
    static ModelRequest read(Fields fields, AddressGuard guard) {
        Optional<List<KeyRequest>> keys = KeyRequest.readAll(fields);
        Optional<String> baseUrl = fields.string("base_url", MAX_URL)
                .map(text -> guard.checkBaseUrl(text).toString());
        return new ModelRequest(fields, baseUrl, keys);
    }

    /** Whether a new model is to cost what the shipped catalogue says. */
    boolean wantsCataloguePrice() {
        return fields.flag("price_from_catalogue", false);
    }

    /** @throws Refusal 400, also for what a new model lacks */
    ModelSettings create() {
        fields.require("name", "model_id", "provider", "type", "base_url");
        return over(ModelSettings.INITIAL);
    }

    /** The settings with what the request says; what it does not mention stays. */
    ModelSettings over(ModelSettings before) {
        String type = fields.line("type", 40, before.type());
        ModelSettings after = new ModelSettings(
                fields.line("name", 200, before.name()),
                fields.string("model_id", 1000).map(ModelRequest::modelId).orElse(before.modelId()),
                fields.line("provider", 64, before.provider()),
                type,
                typeCode(type),
                fields.paragraph("description", 4000, before.description()),
                fields.choice("status", STATUSES, before.status()),
                baseUrl.orElse(before.baseUrl()),
                fields.string("auth_type", 100).map(AuthType::check).orElse(before.authType()),
                fields.choice("key_usage_mode", List.of("single", "round_robin"), before.keyUsageMode()),
                fields.optionalLine("upstream_model", 200, before.upstreamModel()),
                fields.flag("supports_vision", before.supportsVision()),
                fields.positive("max_tokens", before.maxTokens()),
                fields.positive("context_window", before.contextWindow()),
                Pricing.read(fields, before.pricing()),
                fields.positive("rpm_limit", before.rpmLimit()),
                fields.positive("tpm_limit", before.tpmLimit()));
        fields.refuseOthers();
        return after;
    }

    private static String modelId(String text) {
        if (!MODEL_ID.matcher(text).matches()) {
            throw Refusal.badRequest(
                    "invalid_model_id",
                    "'model_id' must be 1 to 200 characters from A-Z, a-z, 0-9 and . _ : / @ + -.",
                    "model_id");
        }
        return text;
    }

    private static String typeCode(String type) {
        return ModelType.named(type)
                .map(ModelType::code)
                .orElseThrow(() -> Refusal.badRequest(
                        "invalid_value", "'type' must be one of " + ModelType.names() + ".", "type"));
    }
}
