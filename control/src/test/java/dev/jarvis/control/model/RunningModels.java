package dev.jarvis.control.model;

import dev.jarvis.control.RunningRoutes;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.price.Catalogue;
import dev.jarvis.control.price.ExchangeRateEndpoint;
import dev.jarvis.control.price.PriceEndpoint;
import dev.jarvis.control.running.SealingVault;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.egress.Cidr;
import dev.jarvis.platform.json.Json;
import dev.jarvis.platform.vault.Vault;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The models' routes, with a resolver that knows two hosts and a probe that remembers what it was asked. */
final class RunningModels implements AutoCloseable {
    static final String PATH = "/api/v1/llm-models";

    /** The description's own example, word for word. */
    static final String EXAMPLE = """
            {
                "name": "GPT-4 Turbo",
                "model_id": "gpt-4-turbo",
                "provider": "openai",
                "type": "生文",
                "description": "最新的 GPT-4 模型",
                "base_url": "https://api.openai.com/v1",
                "auth_type": "api_key",
                "key_usage_mode": "single",
                "api_keys": [
                  {"key": "sk-your-api-key", "status": "enabled"}
                ],
                "supports_vision": true,
                "max_tokens": 4096,
                "context_window": 128000
              }
            """;

    final SealingVault vault = new SealingVault();
    final PlayedDiscovery discovery = new PlayedDiscovery();
    final PlayedProbe probe = new PlayedProbe();
    final RunningRoutes routes;

    RunningModels() throws Exception {
        AddressGuard guard = new AddressGuard(List.of(Cidr.of("10.1.0.0/16")), RunningModels::resolve);
        this.routes = new RunningRoutes((endpoints, jdbi) -> {
            Audit audit = new Audit(jdbi);
            Catalogue catalogue = Catalogue.shipped();
            new ModelEndpoint(jdbi, vault, guard, audit, probe, catalogue).addTo(endpoints);
            new DiscoveryEndpoint(jdbi, guard, audit, discovery, catalogue).addTo(endpoints);
            new PriceEndpoint(jdbi, audit, catalogue, Clock.systemUTC()).addTo(endpoints);
            new ExchangeRateEndpoint(jdbi, audit, Clock.systemUTC()).addTo(endpoints);
        });
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "api.openai.com", "api.example.com" -> new InetAddress[] {InetAddress.ofLiteral("93.184.215.14")};
            case "inside.test" -> new InetAddress[] {InetAddress.ofLiteral("10.1.2.3")};
            case "rebound.test" -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
            default -> throw new UnknownHostException(host);
        };
    }

    RunningRoutes.Answer create(String body) {
        return routes.send(RunningRoutes.ADMIN, "POST", PATH, body);
    }

    /** Creates a model from fields of a minimal one, replaced or added to by the given JSON members. */
    RunningRoutes.Answer create(String modelId, String members) {
        return create(minimal(modelId, members));
    }

    /** Tests such a model without creating it. */
    RunningRoutes.Answer test(String modelId, String members) {
        return routes.send(RunningRoutes.ADMIN, "POST", PATH + "/test", minimal(modelId, members));
    }

    private static String minimal(String modelId, String members) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("name", "A model")
                .put("model_id", modelId)
                .put("provider", "openai")
                .put("type", "text")
                .put("base_url", "https://api.openai.com/v1");
        body.setAll(Json.MAPPER.readValue("{" + members + "}", ObjectNode.class));
        return body.toString();
    }

    String created(String modelId, String members) {
        RunningRoutes.Answer answer = create(modelId, members);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body().path("id").asString();
    }

    RunningRoutes.Answer get(String idAndQuery) {
        return routes.get(RunningRoutes.ADMIN, PATH + idAndQuery);
    }

    RunningRoutes.Answer update(String id, String body, String... headers) {
        return routes.send(RunningRoutes.ADMIN, "PUT", PATH + "/" + id, body, headers);
    }

    RunningRoutes.Answer delete(String id, String... headers) {
        return routes.send(RunningRoutes.ADMIN, "DELETE", PATH + "/" + id, null, headers);
    }

    /** What the gateway would read: a model's keys, opened, in order. */
    List<String> openedKeys(String id) {
        return routes.jdbi().withHandle(handle -> opened(handle, UUID.fromString(id)));
    }

    private List<String> opened(Handle handle, UUID id) {
        return KeyTable.ofModel(handle, id).values().stream()
                .map(key -> vault.open(key.sealed(), new Vault.Place("provider_keys.sealed", key.id()))
                        .reveal())
                .toList();
    }

    void reset() {
        probe.reset();
        routes.reset();
    }

    @Override
    public void close() throws Exception {
        routes.close();
    }
}
