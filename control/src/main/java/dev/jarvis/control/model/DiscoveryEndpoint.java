package dev.jarvis.control.model;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.Fields;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Where models come from: the providers that are known by name, and what each of them serves. */
public final class DiscoveryEndpoint {
    private static final int MAX_URL = 4000;

    private final Jdbi jdbi;
    private final AddressGuard guard;
    private final Audit audit;
    private final ModelDiscovery discovery;
    private final Catalogue catalogue;
    private final List<ProviderPreset> presets = ProviderPreset.shipped();

    public DiscoveryEndpoint(
            Jdbi jdbi, AddressGuard guard, Audit audit, ModelDiscovery discovery, Catalogue catalogue) {
        this.jdbi = jdbi;
        this.guard = guard;
        this.audit = audit;
        this.discovery = discovery;
        this.catalogue = catalogue;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/provider-presets", Access.ADMIN, this::presets)
                .add(HttpMethod.POST, "/api/v1/llm-models/discover", Access.ADMIN, this::discover);
    }

    private record Presets(List<ProviderPreset> data) {}

    private record Discovery(
            boolean ok,
            OptionalInt status,
            long latencyMs,
            Optional<ModelProbe.Fault> error,
            List<DiscoveredModel> data) {}

    /** What the audit log keeps: where a key was sent. */
    private record Asked(String baseUrl, String authType) {}

    private Reply presets(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new Presets(presets));
    }

    private Reply discover(Call call) {
        QueryParameters.none(call);
        Fields in = Fields.of(call);
        Optional<UUID> ofModel = in.id("llm_model_id");
        String provider = in.line("provider", 64, "");
        return ofModel.isPresent() ? ofModel(call, in, ofModel.get(), provider) : ofPlace(call, in, provider);
    }

    private Reply ofModel(Call call, Fields in, UUID id, String provider) {
        in.refuseOthers();
        ModelView model =
                jdbi.inTransaction(handle -> ModelListing.find(handle, id)).orElseThrow(Models::unknown);
        record(call, Target.of("model", id), new Asked(model.baseUrl(), model.authType()));
        return answer(discovery.ofModel(id), provider.isEmpty() ? model.provider() : provider);
    }

    private Reply ofPlace(Call call, Fields in, String provider) {
        in.require("base_url");
        URI baseUrl = guard.checkBaseUrl(in.string("base_url", MAX_URL).orElseThrow());
        String authType = in.string("auth_type", 100).map(AuthType::check).orElse("bearer");
        Optional<Secret> key = KeyRequest.secret(in, "api_key");
        in.refuseOthers();
        if (key.isPresent() == authType.equals(AuthType.NONE)) {
            throw Refusal.badRequest(
                    key.isPresent() ? "keys_not_allowed" : "missing_parameter",
                    "With auth_type 'none' no key is sent; with any other 'api_key' is needed.",
                    "api_key");
        }
        record(call, new Target("provider", baseUrl.getHost()), new Asked(baseUrl.toString(), authType));
        return answer(discovery.at(baseUrl, authType, key), provider);
    }

    private void record(Call call, Target target, Asked asked) {
        jdbi.useTransaction(handle -> audit.record(handle, Origin.of(call), "model.discover", target, null, asked));
    }

    private Reply answer(ModelDiscovery.Found found, String provider) {
        Map<String, UUID> known = jdbi.withHandle(ModelListing::idsByModelId);
        return Reply.ok(new Discovery(
                found.error().isEmpty(),
                found.status(),
                found.latencyMs(),
                found.error(),
                DiscoveredModel.all(found.models(), provider, catalogue, known)));
    }
}
