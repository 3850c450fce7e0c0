package dev.jarvis.server.contract;

import dev.jarvis.platform.identity.Identity;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** The running product answers what {@code docs/api} says, no more and no less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {
    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";
    private static final String PASSWORD = "a long enough password";

    private final AtomicReference<InProcessServer> process = new AtomicReference<>();
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestingServer server = TestingServer.builder()
            .withProvider(provider)
            .startedBy((environment, directory) -> {
                process.set(InProcessServer.start(environment, directory));
                return process.get();
            })
            .start();
    private final Descriptions descriptions = new Descriptions();
    private final Calls anyone = new Calls(descriptions, server.base());
    private final Calls admin = anyone.as(server.adminToken());

    @TempDir
    private Path directory;

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        assertThat(process.get().routes())
                .containsExactlyInAnyOrderElementsOf(
                        descriptions.operations().stream().map(Operation::name).toList());
    }

    @Test
    void theDescriptionsAreServedAsTheyAre() {
        for (String name : Descriptions.NAMES) {
            ApiAnswer answer = anyone.get(200, "/api/v1/openapi/" + name);
            assertThat(answer.header("content-type")).hasValue("application/yaml");
            assertThat(new YAMLMapper().readTree(answer.body())).isEqualTo(Descriptions.read(name));
        }
    }

    @Test
    void noSentenceOfADescriptionIsCutOffAtItsComma() {
        assertThat(Descriptions.NAMES)
                .allSatisfy(name -> assertThat(Descriptions.cutOff(name)).isEmpty());
    }

    @Test
    void everyExampleOfARequestIsAsDescribed() {
        assertThat(descriptions.operations()).allSatisfy(Operation::checkExamples);
    }

    @Test
    void everyOperationSucceedsAndAnswersAsDescribed() {
        theFirstAdministrator();
        accounts();
        teams();
        keys();
        rateLimits();
        budgets();
        webhooks();
        models();
        prices();
        chat();
        new EngineCalls(server, provider, anyone, admin).makeAll();
        reports();
        bodies();
        assertThat(anyone.succeeded())
                .containsAll(
                        descriptions.operations().stream().map(Operation::name).toList());
    }

    @Test
    void aSealedServerAnswersAsDescribed() {
        Map<String, String> environment = environment(server.database());
        try (InProcessServer sealed = InProcessServer.start(environment, directory.resolve("sealed"))) {
            Calls calls = anyone.to(sealed.base());
            assertThat(calls.get(503, "/health/ready").text("/status")).isEqualTo("not_ready");
            assertThat(calls.get(503, "/api/v1/users").errorCode()).isEqualTo("sealed");
            assertThat(calls.post(503, "/v1/chat/completions", hello("demo")).errorCode())
                    .isEqualTo("sealed");
            calls.get(200, "/health/live");
        }
    }

    private void theFirstAdministrator() {
        Map<String, String> environment = environment(RunningPostgres.newDatabase());
        try (InProcessServer fresh = InProcessServer.start(environment, directory.resolve("fresh"))) {
            Calls calls = anyone.to(fresh.base());
            assertThat(calls.get(200, "/api/v1/setup").json().path("needed").asBoolean())
                    .isTrue();
            calls.get(200, "/.well-known/jwks.json");
            Map<String, String> first =
                    Map.of("token", "wrong", "username", "first", "email", "first@example.com", "password", PASSWORD);
            calls.post(401, "/api/v1/setup", first);
            calls.post(400, "/api/v1/setup", Map.of("token", "wrong"));
            Map<String, String> right = new HashMap<>(first);
            right.put("token", fresh.server().setupToken().orElseThrow().reveal());
            calls.post(201, "/api/v1/setup", right);
            calls.post(409, "/api/v1/setup", right);
        }
        assertThat(anyone.get(200, "/api/v1/setup").json().path("needed").asBoolean())
                .isFalse();
    }

    private void accounts() {
        Map<String, String> user = Map.of("username", "analyst", "email", "analyst@example.com", "password", PASSWORD);
        String id = admin.post(201, "/api/v1/users", user).text("/id");
        admin.post(409, "/api/v1/users", user);
        admin.post(400, "/api/v1/users", Map.of("username", "x", "email", "no address", "password", PASSWORD));
        admin.post(400, "/api/v1/users", "{\"username\": 1, \"username\": 2}");
        admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "content-type", "text/plain"))
                .post(415, "/api/v1/users", "{}");
        admin.post(413, "/api/v1/users", "\"" + "x".repeat(1024 * 1024) + "\"");
        anyone.post(401, "/api/v1/auth/login", Map.of("username", "analyst", "password", "wrong"));
        anyone.post(400, "/api/v1/auth/login", Map.of("username", "analyst"));
        ApiAnswer login = anyone.post(200, "/api/v1/auth/login", Map.of("username", "analyst", "password", PASSWORD));
        Map<String, String> refresh = Map.of("refresh_token", login.text("/refresh_token"));
        ApiAnswer renewed = anyone.post(200, "/api/v1/auth/refresh", refresh);
        anyone.post(403, "/api/v1/auth/refresh", null);
        Calls page = anyone.with(Map.of("origin", server.base().toString()));
        page.post(401, "/api/v1/auth/refresh", null);
        Map<String, String> cookieLogin = Map.of("username", "analyst", "password", PASSWORD, "session", "cookie");
        anyone.post(403, "/api/v1/auth/login", cookieLogin);
        String cookie = page.post(200, "/api/v1/auth/login", cookieLogin)
                .header("set-cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
        anyone.with(Map.of("origin", server.base().toString(), "cookie", cookie))
                .post(200, "/api/v1/auth/refresh", null);
        Calls analyst = anyone.as(renewed.text("/access_token"));
        analyst.get(200, "/api/v1/auth/me");
        String delegated = analyst.post(200, "/api/v1/auth/delegate", Map.of("actor", "a test"))
                .text("/access_token");
        anyone.as(delegated).get(401, "/api/v1/auth/me");
        analyst.post(400, "/api/v1/auth/delegate", Map.of("actor", "a test", "expires_in", 3601));
        analyst.post(400, "/api/v1/auth/password", Map.of("current_password", "wrong", "new_password", PASSWORD + "2"));
        analyst.post(
                204, "/api/v1/auth/password", Map.of("current_password", PASSWORD, "new_password", PASSWORD + "2"));
        analyst.get(403, "/api/v1/users");
        analyst.get(403, "/api/v1/keys?all=true");
        analyst.post(204, "/api/v1/auth/logout", null);
        analyst.get(401, "/api/v1/auth/me");
        anyone.post(401, "/api/v1/auth/refresh", refresh);
        anyone.get(200, "/.well-known/jwks.json");

        admin.get(200, "/api/v1/users?q=ana&role=user&status=enabled&page_size=5");
        admin.get(400, "/api/v1/users?page=0");
        admin.get(200, "/api/v1/users/" + id);
        admin.get(404, "/api/v1/users/" + NOWHERE);
        invitations(id);
        admin.call(200, "PUT", "/api/v1/users/" + id, Map.of("role", "admin"));
        admin.call(200, "PATCH", "/api/v1/users/" + id, Map.of("status", "disabled"));
        anyone.post(403, "/api/v1/auth/login", Map.of("username", "analyst", "password", PASSWORD + "2"));
        admin.call(404, "PATCH", "/api/v1/users/" + NOWHERE, Map.of("status", "disabled"));
        admin.call(400, "PUT", "/api/v1/users/" + id, Map.of("wings", 2));
        admin.delete(204, "/api/v1/users/" + id);
        String own = admin.get(200, "/api/v1/auth/me").text("/id");
        admin.delete(409, "/api/v1/users/" + own);
    }

    private void invitations(String id) {
        ApiAnswer invited = admin.post(
                201, "/api/v1/users", Map.of("username", "guest", "email", "guest@example.com", "invite", true));
        String link = "/api/v1/invitations/" + invited.text("/invitation/token");
        anyone.get(200, link);
        anyone.post(400, link, Map.of("password", "short"));
        anyone.post(200, link, Map.of("password", PASSWORD));
        anyone.get(404, link);
        anyone.post(404, link, Map.of("password", PASSWORD));
        String guest = "/api/v1/users/" + invited.text("/id");
        String second = "/api/v1/invitations/"
                + admin.post(201, guest + "/password-reset", null).text("/token");
        admin.call(200, "PUT", guest, Map.of("status", "disabled"));
        anyone.post(403, second, Map.of("password", PASSWORD));
        admin.post(404, "/api/v1/users/" + NOWHERE + "/password-reset", null);
        String own = admin.get(200, "/api/v1/auth/me").text("/id");
        admin.post(409, "/api/v1/users/" + own + "/password-reset", null);
        anyone.get(200, "/api/v1/server");
        assertThat(admin.get(200, "/api/v1/settings").json().path("nodes")).isNotEmpty();
        admin.delete(204, guest);
        admin.get(200, "/api/v1/users/" + id);
    }

    private void teams() {
        ApiAnswer team = admin.post(201, "/api/v1/teams", Map.of("name", "research", "description", "New things"));
        admin.post(409, "/api/v1/teams", Map.of("name", "Research"));
        admin.post(400, "/api/v1/teams", Map.of("name", 1));
        String one = "/api/v1/teams/" + team.text("/id");
        String own = admin.get(200, "/api/v1/auth/me").text("/id");
        admin.call(400, "PUT", "/api/v1/users/" + own, Map.of("team_id", team.text("/id")));
        admin.call(200, "PUT", one + "/members/" + own, Map.of("role", "lead"));
        admin.call(200, "PUT", "/api/v1/users/" + own, Map.of("team_id", team.text("/id")));
        admin.get(200, "/api/v1/auth/me");
        admin.get(200, "/api/v1/teams?q=res&page_size=5");
        admin.get(400, "/api/v1/teams?q=res&q=res");
        admin.get(200, one);
        admin.get(404, "/api/v1/teams/" + NOWHERE);
        admin.call(200, "PUT", one, Map.of("description", "changed"));
        admin.call(404, "PUT", one + "/members/" + NOWHERE, null);
        admin.delete(409, one);
        admin.delete(204, one + "/members/" + own);
        admin.delete(404, one + "/members/" + own);
        admin.delete(409, "/api/v1/teams/" + Identity.DEFAULT_TEAM + "/members/" + own);
        admin.delete(204, one);
        admin.delete(404, one);
        admin.delete(409, "/api/v1/teams/" + Identity.DEFAULT_TEAM);
    }

    private void budgets() {
        Map<String, Object> fields = Map.of(
                "name",
                "all",
                "scope",
                "organisation",
                "unit",
                "USD",
                "amount",
                "1000",
                "period",
                "month",
                "time_zone",
                "Asia/Shanghai",
                "warn_percent",
                80);
        String one =
                "/api/v1/budgets/" + admin.post(201, "/api/v1/budgets", fields).text("/id");
        admin.post(400, "/api/v1/budgets", Map.of("scope", "team"));
        admin.get(200, "/api/v1/budgets?scope=organisation&status=enabled&page_size=5");
        admin.get(400, "/api/v1/budgets?scope=galaxy");
        admin.get(200, one);
        admin.get(404, "/api/v1/budgets/" + NOWHERE);
        admin.call(200, "PUT", one, "{\"amount\": 2000.5, \"warn_percent\": null}");
        admin.call(400, "PUT", one, Map.of("unit", "CNY"));
        admin.post(200, one + "/top-up", Map.of("amount", "5.00"));
        admin.post(400, one + "/top-up", Map.of("amount", 0));
        admin.post(404, "/api/v1/budgets/" + NOWHERE + "/top-up", Map.of("amount", 1));
        Calls late = admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "if-match", "\"1\""));
        late.call(412, "PUT", one, Map.of("amount", 1));
        late.post(412, one + "/top-up", Map.of("amount", 1));
        late.delete(412, one);
        assertThat(admin.get(200, "/api/v1/llm/budgets").json().path("data")).hasSize(1);
        admin.delete(204, one);
        admin.delete(404, one);
        Map<String, Object> tokens =
                Map.of("scope", "organisation", "unit", "tokens", "amount", 1_000_000, "period", "total");
        String other =
                "/api/v1/budgets/" + admin.post(201, "/api/v1/budgets", tokens).text("/id");
        admin.get(200, other);
        admin.delete(204, other);
    }

    private void webhooks() {
        Map<String, Object> fields =
                Map.of("url", "https://hooks.invalid/jarvis", "event_types", List.of("budget.warning"));
        String one = "/api/v1/webhooks/"
                + admin.post(201, "/api/v1/webhooks", fields).text("/id");
        admin.post(
                400, "/api/v1/webhooks", Map.of("url", "https://10.0.0.1/", "event_types", List.of("budget.warning")));
        admin.get(200, "/api/v1/webhooks?page_size=5");
        admin.get(400, "/api/v1/webhooks?page=x");
        admin.get(200, one);
        admin.get(404, "/api/v1/webhooks/" + NOWHERE);
        admin.call(200, "PUT", one, Map.of("enabled", false));
        admin.call(400, "PUT", one, Map.of("event_types", List.of()));
        assertThat(admin.post(200, one + "/test", null).text("/error")).isEqualTo("unknown_host");
        admin.post(404, "/api/v1/webhooks/" + NOWHERE + "/test", null);
        assertThat(admin.get(200, one + "/deliveries?status=failed").json().path("data"))
                .hasSize(1);
        admin.get(400, one + "/deliveries?status=lost");
        Calls late = admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "if-match", "\"1\""));
        late.call(412, "PUT", one, Map.of("enabled", true));
        admin.delete(204, one);
        admin.delete(404, one);
    }

    private void keys() {
        ApiAnswer key = admin.post(
                201,
                "/api/v1/keys",
                Map.of("name", "limited", "allowed_models", List.of("demo"), "expires_at", "2099-01-01T00:00:00Z"));
        String one = "/api/v1/keys/" + key.text("/id");
        Calls limited = anyone.with(Map.of("x-api-key", key.text("/key")));
        limited.get(200, "/api/v1/auth/me");
        limited.post(400, "/api/v1/auth/logout", null);
        limited.post(403, "/api/v1/keys", Map.of("name", "wider"));
        limited.post(403, "/api/v1/users", Map.of());
        admin.post(400, "/api/v1/keys", Map.of("name", ""));
        admin.get(200, "/api/v1/keys?all=true");
        admin.get(400, "/api/v1/keys?unknown=1");
        admin.get(200, one);
        admin.get(404, "/api/v1/keys/" + NOWHERE);
        admin.call(200, "PUT", one, "{\"allowed_models\": null}");
        admin.call(200, "PATCH", one, Map.of("name", "renamed"));
        admin.call(400, "PATCH", one, Map.of("name", 1));
        admin.delete(204, one);
        admin.call(409, "PUT", one, Map.of("name", "again"));
        admin.delete(404, "/api/v1/keys/" + NOWHERE);
        limited.get(401, "/api/v1/auth/me");
    }

    private void rateLimits() {
        String own =
                "/api/v1/rate-limits/user/" + admin.get(200, "/api/v1/auth/me").text("/id");
        admin.call(200, "PUT", own, Map.of("requests_per_minute", 100_000, "tokens_per_minute", 100_000_000));
        admin.call(200, "PUT", own, "{\"concurrent_requests\": 1000, \"tokens_per_minute\": null}");
        admin.call(400, "PUT", own, Map.of("requests_per_minute", 0));
        admin.call(400, "PUT", own, "{\"requests_per_minute\": null, \"concurrent_requests\": null}");
        admin.call(404, "PUT", "/api/v1/rate-limits/user/" + NOWHERE, Map.of("requests_per_minute", 1));
        admin.call(404, "PUT", "/api/v1/rate-limits/planet/" + NOWHERE, Map.of("requests_per_minute", 1));
        admin.get(200, own);
        admin.get(200, "/api/v1/rate-limits?scope=user");
        admin.get(400, "/api/v1/rate-limits?scope=planet");
        admin.get(404, "/api/v1/rate-limits/team/" + NOWHERE);
        admin.delete(204, own);
        admin.delete(404, own);
    }

    private void models() {
        String id = server.createModel("contract");
        String one = "/api/v1/llm-models/" + id;
        Map<String, Object> second = Map.of(
                "name", "Second",
                "model_id", "second",
                "provider", "scripted",
                "type", "生文",
                "base_url", "https://llm.example.com/v1",
                "api_keys", List.of(Map.of("key", "sk-placeholder-0001", "weight", 2)));
        ApiAnswer created = admin.post(201, "/api/v1/llm-models", second);
        admin.post(409, "/api/v1/llm-models", second);
        admin.post(400, "/api/v1/llm-models", Map.of("name", "incomplete"));
        admin.get(200, "/api/v1/llm-models?provider=scripted&type=text&status=enabled&sort=name&q=s");
        admin.get(400, "/api/v1/llm-models?sort=price");
        admin.get(200, one);
        admin.get(404, "/api/v1/llm-models/" + NOWHERE);
        String other = "/api/v1/llm-models/" + created.text("/id");
        admin.call(200, "PUT", other, Map.of("description", "changed", "input_price", "0.15", "output_price", 0.6));
        admin.call(400, "PUT", other, Map.of("base_url", "http://127.0.0.1:1/v1", "auth_type", "strange"));
        Map<String, Object> unsaved = new HashMap<>(second);
        unsaved.put("base_url", provider.baseUrl().toString());
        assertThat(admin.post(200, "/api/v1/llm-models/test", unsaved)
                        .json()
                        .path("ok")
                        .asBoolean())
                .isTrue();
        admin.post(400, "/api/v1/llm-models/test", Map.of("name", "incomplete"));
        admin.call(404, "PUT", "/api/v1/llm-models/" + NOWHERE, Map.of("status", "disabled"));
        admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "if-match", "\"99\""))
                .call(412, "PUT", other, Map.of("status", "disabled"));
        admin.delete(204, other);
        admin.delete(404, other);
        assertThat(admin.post(200, one + "/test", null).json().path("ok").asBoolean())
                .isTrue();
        provider.scriptNext(Scripts.invalidKey());
        assertThat(admin.post(200, one + "/test", null).json().path("ok").asBoolean())
                .isFalse();
        admin.post(400, one + "/test", Map.of("key_id", NOWHERE));
        String key = admin.get(200, one).text("/api_keys/0/id");
        testsOfChanges(one, key);
        admin.post(200, one + "/keys/" + key + "/restore", null);
        admin.post(404, one + "/keys/" + NOWHERE + "/restore", null);
        admin.post(404, "/api/v1/llm-models/" + NOWHERE + "/test", null);
        discovery(id);
    }

    /** With the sealed key, which never leaves for another host. */
    private void testsOfChanges(String one, String key) {
        Map<String, Object> changes = Map.of(
                "upstream_model",
                "renamed",
                "api_keys",
                List.of(Map.of("id", key, "name", "kept", "status", "enabled")));
        ApiAnswer tested = admin.post(200, one + "/test", changes);
        assertThat(tested.json().path("ok").asBoolean()).isTrue();
        assertThat(provider.lastReceived().json().path("model").asString()).isEqualTo("renamed");
        assertThat(admin.get(200, one).json().path("upstream_model").isNull()).isTrue();
        assertThat(admin.post(400, one + "/test", Map.of("base_url", "https://api.example.com/v1"))
                        .errorCode())
                .isEqualTo("keys_required");
        admin.post(400, one + "/test", Map.of("auth_type", "none"));
        admin.post(400, one + "/test", Map.of("nonsense", 1));
        String demo = admin.get(200, "/api/v1/llm-models?q=demo").text("/data/0/id");
        admin.post(409, "/api/v1/llm-models/" + demo + "/test", Map.of("upstream_model", "other"));
    }

    private void discovery(String id) {
        assertThat(admin.get(200, "/api/v1/provider-presets").json().path("data"))
                .isNotEmpty();
        String discover = "/api/v1/llm-models/discover";
        String baseUrl = provider.baseUrl().toString();
        assertThat(admin.post(200, discover, Map.of("base_url", baseUrl, "api_key", "sk-any"))
                        .text("/data/0/id"))
                .isEqualTo("scripted");
        admin.post(200, discover, Map.of("llm_model_id", id));
        admin.post(400, discover, Map.of("base_url", baseUrl));
        admin.post(404, discover, Map.of("llm_model_id", NOWHERE));
        Map<String, Object> several = Map.of(
                "provider",
                "scripted",
                "base_url",
                baseUrl,
                "api_keys",
                List.of(Map.of("key", "sk-placeholder-0002")),
                "models",
                List.of(Map.of("model_id", "bulk-1"), Map.of("model_id", "contract")));
        ApiAnswer created = admin.post(200, "/api/v1/llm-models/bulk", several);
        assertThat(created.text("/data/1/error/code")).isEqualTo("model_exists");
        admin.post(400, "/api/v1/llm-models/bulk", Map.of("models", List.of()));
        List<String> ids = List.of(created.text("/data/0/id"), NOWHERE);
        admin.post(200, "/api/v1/llm-models/bulk-status", Map.of("ids", ids, "status", "deleted"));
        admin.post(400, "/api/v1/llm-models/bulk-status", Map.of("ids", ids, "status", "gone"));
    }

    private void prices() {
        String prices = "/api/v1/llm-models/" + server.createModel("priced") + "/prices";
        Map<String, Object> card = Map.of(
                "rates", Map.of("input", "3", "output", 15, "cache_read", "0.3"),
                "tiers", List.of(Map.of("service_tier", "batch", "multiplier", "0.5")),
                "units", Map.of("searches", "0.01"));
        admin.post(201, prices, card);
        admin.post(400, prices, Map.of("rates", Map.of("input", -1, "output", 1)));
        admin.post(404, "/api/v1/llm-models/" + NOWHERE + "/prices", card);
        admin.get(200, prices);
        admin.get(404, "/api/v1/llm-models/" + NOWHERE + "/prices");
        admin.get(200, "/api/v1/llm/models");
        admin.get(200, "/api/v1/prices/catalogue?q=sonnet&provider=anthropic&page_size=2");
        admin.get(400, "/api/v1/prices/catalogue?page=0");
        admin.post(200, "/api/v1/prices/import?format=catalogue", Map.of());
        admin.post(400, "/api/v1/prices/import", Map.of("no", "list"));
        Map<String, Object> again = Map.of(
                "model", "priced", "from", "2026-01-01T00:00:00Z", "to", "2036-01-01T00:00:00Z", "price_version", 2);
        admin.post(200, "/api/v1/usage/re-rate", again);
        admin.post(400, "/api/v1/usage/re-rate", Map.of("model", "priced"));
        String rates = "/api/v1/exchange-rates";
        admin.call(200, "PUT", rates, Map.of("from", "USD", "to", "CNY", "rate", "7.1"));
        admin.call(400, "PUT", rates, Map.of("from", "USD", "to", "CNY", "rate", 0));
        admin.get(200, rates);
    }

    private void chat() {
        server.createModel("dead-key");
        server.createModel("limited");
        server.createModel("broken");
        server.createModel("in-band");
        server.createModel("choosy");
        provider.whenModel("dead-key", Scripts.invalidKey())
                .whenModel("limited", Scripts.rateLimited(30))
                .whenModel("broken", Scripts.serverError(500))
                .whenModel("in-band", Scripts.inBandError(3, "server_error", "model_failed"))
                .whenModel("choosy", Scripts.error(422, "invalid_request_error", "odd", "Odd.", Map.of()));
        for (String path : List.of("/v1/chat/completions", "/api/v1/llm/chat")) {
            admin.post(200, path, hello("contract"));
            ApiAnswer stream = admin.post(
                    200,
                    path,
                    Map.of(
                            "model",
                            "contract",
                            "stream",
                            true,
                            "stream_options",
                            Map.of("include_usage", true),
                            "messages",
                            List.of(Map.of("role", "user", "content", "tokens=5"))));
            assertThat(stream.body()).contains("data: [DONE]");
            ApiAnswer broken = admin.post(
                    200,
                    path,
                    Map.of(
                            "model",
                            "in-band",
                            "stream",
                            true,
                            "messages",
                            List.of(Map.of("role", "user", "content", "Hello"))));
            assertThat(broken.body()).contains("\"request_id\"").doesNotContain("[DONE]");
            anyone.post(401, path, hello("contract"));
            admin.post(404, path, hello("none"));
            admin.post(400, path, "{");
            admin.post(400, path, Map.of("model", "contract"));
            admin.post(
                    403,
                    path,
                    Map.of(
                            "model",
                            "contract",
                            "enable_search",
                            true,
                            "messages",
                            List.of(Map.of("role", "user", "content", "x"))));
            admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "content-type", "text/plain"))
                    .post(415, path, "{}");
            admin.post(502, path, hello("dead-key"));
            admin.post(429, path, hello("limited"));
            admin.post(502, path, hello("broken"));
            admin.post(422, path, hello("choosy"));
        }
        admin.get(200, "/v1/models");
        admin.get(200, "/v1/models/contract");
        admin.get(404, "/v1/models/none");
        anyone.get(401, "/v1/models/contract");
        admin.get(200, "/api/v1/llm/models");
        anyone.get(401, "/v1/models");
        anyone.get(401, "/api/v1/llm/models");
    }

    private void reports() {
        server.awaitUsage(6);
        ApiAnswer own = admin.get(200, "/api/v1/llm/usage?group_by=hour,model&tz=Asia/Shanghai");
        assertThat(own.json().path("data")).isNotEmpty();
        assertThat(admin.get(200, "/api/v1/usage?group_by=day,model,user,key,provider,provider_key")
                        .json()
                        .path("data"))
                .isNotEmpty();
        admin.get(400, "/api/v1/llm/usage?from=yesterday");
        admin.get(400, "/api/v1/usage?group_by=weather");
        server.database().execute("""
                INSERT INTO usage_losses (node_id, settled_before, lost)
                SELECT id, 10, 3 FROM gateway_nodes UNION ALL SELECT gen_random_uuid(), 10, 4
                """);
        assertThat(admin.get(200, "/api/v1/usage/losses").text("/data/0/lost")).isIn("3", "4");
        records();
        reconciliations();
        admin.get(200, "/api/v1/usage?group_by=team,user&compare=previous&currency=CNY&order=cost&limit=3");
        admin.get(200, "/api/v1/usage?group_by=day,model&format=csv");
        assertThat(admin.get(200, "/api/v1/audit-logs?page_size=200").json().path("data"))
                .isNotEmpty();
        admin.get(200, "/api/v1/audit-logs?page_size=1&outcome=refused");
        admin.get(400, "/api/v1/audit-logs?outcome=maybe");
        for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
            anyone.get(200, path);
        }
        Descriptions.NAMES.forEach(name -> anyone.get(200, "/api/v1/openapi/" + name));
    }

    private void reconciliations() {
        String path = "/api/v1/reconciliations";
        Calls uploading =
                admin.with(Map.of("authorization", "Bearer " + server.adminToken(), "content-type", "text/csv"));
        String bill = "date,model,input_tokens,output_tokens,cost,currency\n2026-11-23,contract,10,5,0.01,USD\n";
        String id = uploading.post(201, path + "?name=november", bill).text("/id");
        uploading.post(400, path, "date\n2026-11-23\n");
        admin.post(415, path, "{}");
        admin.get(200, path);
        admin.get(400, path + "?limit=0");
        admin.get(200, path + "/" + id);
        admin.get(404, path + "/" + NOWHERE);
    }

    private void records() {
        for (String path : List.of("/api/v1/llm/usage/records", "/api/v1/usage/records")) {
            ApiAnswer part = admin.get(200, path + "?limit=2&outcome=completed,failed");
            assertThat(part.json().path("data")).hasSize(2);
            admin.get(200, path + "?format=csv");
            admin.get(400, path + "?limit=501");
            admin.get(200, path + "/" + part.text("/data/0/attempt_id"));
            admin.get(404, path + "/" + NOWHERE);
        }
        String id = admin.get(200, "/api/v1/usage/records?limit=1").text("/data/0/attempt_id");
        Map<String, Object> forgiven = Map.of("reason", "The answer was of no use.", "user_cost", "0");
        admin.post(201, "/api/v1/usage/records/" + id + "/corrections", forgiven);
        admin.post(400, "/api/v1/usage/records/" + id + "/corrections", Map.of("reason", "x", "user_cost", "-1"));
        admin.post(404, "/api/v1/usage/records/" + NOWHERE + "/corrections", forgiven);
    }

    private void bodies() {
        String model = "/api/v1/body-policies/model/" + server.createModel("kept");
        admin.call(200, "PUT", model, Map.of("policy", "full"));
        admin.call(400, "PUT", model, Map.of("policy", "some"));
        admin.call(404, "PUT", "/api/v1/body-policies/caller_key/" + NOWHERE, Map.of("policy", "off"));
        admin.call(404, "PUT", "/api/v1/body-policies/planet/" + NOWHERE, Map.of("policy", "off"));
        admin.get(200, "/api/v1/body-policies");
        Await.until(
                "what is sent to it is kept",
                () -> admin.get(200, "/api/v1/llm/models").body().contains("\"bodies_logged\":\"full\""));
        admin.post(200, "/v1/chat/completions", hello("kept"));
        String id = Await.value(
                        "the call's bodies",
                        () -> server.database().query("SELECT attempt_id FROM llm_call_bodies WHERE model = 'kept'"),
                        ids -> !ids.isEmpty())
                .getFirst();
        admin.get(200, "/api/v1/usage/records/" + id + "/bodies");
        admin.get(404, "/api/v1/usage/records/" + NOWHERE + "/bodies");
        admin.delete(200, "/api/v1/users/" + admin.get(200, "/api/v1/auth/me").text("/id") + "/bodies");
        admin.delete(204, model);
        admin.delete(404, model);
    }

    private static Map<String, Object> hello(String model) {
        return Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", "Hello")));
    }

    /** With a master key of its own. */
    private static Map<String, String> environment(TestDatabase database) {
        byte[] masterKey = new byte[32];
        new SecureRandom().nextBytes(masterKey);
        return Map.of(
                "JARVIS_DATABASE_URL",
                database.url(),
                "JARVIS_UNSAFE_DATABASE",
                "true",
                "JARVIS_MASTER_KEY",
                Base64.getEncoder().encodeToString(masterKey),
                "JARVIS_DRAIN_TIMEOUT",
                "5s");
    }
}
