package dev.jarvis.server.budget;

import dev.jarvis.server.testing.Api;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetTest {
    private static final long PLENTY = 1_000_000_000L;

    private static final ScriptedProvider PROVIDER = ScriptedProvider.start();
    private static final TestingServer SERVER =
            TestingServer.builder().withProvider(PROVIDER).start();
    private static final Api CALLER = SERVER.anonymous().as(SERVER.createCallerKey("budgeted"));

    @AfterAll
    static void stop() {
        SERVER.close();
        PROVIDER.close();
    }

    @Test
    void b2_aRequestThatTheBudgetDoesNotCoverIsRefusedAndNothingIsSent() {
        budget(SERVER.createModel("poor", Map.of("max_tokens", 50)), 100_000);

        // Until the notice has come, calls still go.
        ApiAnswer answer = Await.value("a refusal", () -> chat("poor", ""), refused -> refused.status() == 402);

        assertThat(answer.errorCode()).isEqualTo("budget_exceeded");
        assertThat(answer.text("/error/type")).isEqualTo("insufficient_quota");
        assertThat(answer.text("/error/message")).contains("the model's budget", "resets at");
        assertThat(answer.header("x-should-retry")).hasValue("false");
        assertThat(answer.header("x-budget-scope")).hasValue("model");
        int asked = PROVIDER.ledger().started();
        chat("poor", "").expect(402);
        assertThat(PROVIDER.ledger().started()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "scripted, '', max_tokens, 50",
        "openai, '', max_completion_tokens, 50",
        "azure, '\"max_completion_tokens\": null,', max_completion_tokens, 50",
        "scripted, '\"max_tokens\": null,', max_tokens, 50",
        "scripted, '\"max_tokens\": 7,', max_tokens, 7",
        "openai, '\"max_tokens\": 7,', max_tokens, 7",
    })
    void b8_aMissingLimitIsWrittenIntoTheRequestAndTheClientsOwnStays(
            String providerName, String parameters, String name, int limit) {
        String model = "capped-" + UUID.randomUUID();
        String id = SERVER.createModel(model, Map.of("max_tokens", 50, "provider", providerName));
        budget(id, PLENTY);

        JsonNode sent = Await.value(
                "a request under the budget",
                () -> {
                    chat(model, parameters).expect(200);
                    return PROVIDER.lastReceived().json();
                },
                json -> json.has(name) && !json.path(name).isNull());

        assertThat(sent.path(name).asInt()).isEqualTo(limit);
        assertThat(sent.path("messages")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "1.5", "\"50\"", "true", "[]"})
    void b8_aLimitThatIsNoneIsRefusedAndNothingIsSent(String limit) {
        String model = "badly-capped-" + UUID.randomUUID();
        budget(SERVER.createModel(model, Map.of("max_tokens", 50)), PLENTY);
        int asked = PROVIDER.ledger().started();

        chat(model, "\"max_tokens\": " + limit + ",").expect(400);

        assertThat(PROVIDER.ledger().started()).isEqualTo(asked);
    }

    @Test
    void b8_withoutABudgetNothingIsWrittenIntoTheRequest() {
        SERVER.createModel("free-of-budgets", Map.of("max_tokens", 50));

        chat("free-of-budgets", "").expect(200);

        assertThat(PROVIDER.lastReceived().json().has("max_tokens")).isFalse();
    }

    @Test
    void b22_aRunningStreamEndsThoughItsBudgetIsUsedUpAndTheNextIsRefused() {
        String id = SERVER.createModel("cut-off", Map.of("max_tokens", 50));
        budget(id, PLENTY);
        Await.until("the budget binds", () -> {
            chat("cut-off", "").expect(200);
            return PROVIDER.lastReceived().json().has("max_tokens");
        });
        Gate gate = new Gate();
        PROVIDER.scriptNext(Script.chat().tokens(5).after(new Step.Pause(gate)));
        CompletableFuture<ApiAnswer> running =
                CompletableFuture.supplyAsync(() -> chat("cut-off", "\"stream\": true,"));
        gate.awaitReached();

        SERVER.database().execute("UPDATE budgets SET amount = 1 WHERE subject_id = '" + id + "'");
        Await.until(
                "the next request is refused",
                Duration.ofSeconds(2),
                () -> chat("cut-off", "").status() == 402);
        gate.open();

        assertThat(running.join().expect(200).body()).contains("[DONE]");
    }

    /** A provider's ids name nothing here: it may repeat them, or leave them out. */
    @Test
    void c3_anIdThatTheProviderRepeatsOrLeavesOutIsACallEachTime() {
        String id = SERVER.createModel("repeated", Map.of("max_tokens", 50));
        budget(id, PLENTY);
        Await.until("the budget binds", () -> {
            chat("repeated", "").expect(200);
            return PROVIDER.lastReceived().json().has("max_tokens");
        });
        int before = PROVIDER.ledger().started();
        for (String answerId : List.of("\"chatcmpl-1\"", "\"chatcmpl-1\"", "\"\"", "null")) {
            PROVIDER.scriptNext(Scripts.answer(200, "application/json", """
                    {"id": %s, "object": "chat.completion", "model": "m", "usage": {"prompt_tokens": 7, "completion_tokens": 3},
                     "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}]}
                    """.formatted(answerId)));
            chat("repeated", "").expect(200);
        }
        assertThat(PROVIDER.ledger().started() - before).isEqualTo(4);

        Await.until("each has a record", () -> number("""
                SELECT count(*) FROM llm_usage WHERE model = 'repeated' AND input_tokens = 7 AND output_tokens = 3
                """) == 4);
        Await.until("each is charged", () -> spent(id) == number("""
                SELECT sum(user_cost_nano) FROM llm_usage WHERE model = 'repeated' AND budget_charges <> '[]'
                """));
    }

    @Test
    void whatABudgetSpentIsWhatItsRecordsSay() {
        String id = SERVER.createModel("counted", Map.of("max_tokens", 50));
        budget(id, PLENTY);
        Await.until("the budget binds", () -> {
            chat("counted", "").expect(200);
            return PROVIDER.lastReceived().json().has("max_tokens");
        });
        for (int i = 0; i < 10; i++) {
            chat("counted", i % 2 == 0 ? "" : "\"stream\": true,").expect(200);
        }

        Await.until("everything is charged", () -> number("""
                SELECT count(*) FROM llm_usage WHERE model = 'counted' AND budget_charges <> '[]'
                """) >= 10);
        assertThat(spent(id)).isPositive().isEqualTo(number("""
                SELECT sum(user_cost_nano) FROM llm_usage WHERE model = 'counted' AND budget_charges <> '[]'
                """));
    }

    @Test
    void b7_aModelWithoutAPriceIsRefusedUnderABudget() {
        String id = SERVER.createModel("unpriced", Map.of("max_tokens", 50));
        SERVER.database().execute("""
                INSERT INTO llm_model_prices (model_id, price_version, currency) VALUES ('%s', 99, 'USD')
                """.formatted(id));
        budget(id, PLENTY);

        ApiAnswer answer = Await.value("a refusal", () -> chat("unpriced", ""), refused -> refused.status() == 400);

        assertThat(answer.errorCode()).isEqualTo("model_not_priced");
    }

    private static ApiAnswer chat(String model, String parameters) {
        return CALLER.post("/v1/chat/completions", """
                {"model": "%s", %s "messages": [{"role": "user", "content": "tokens=3"}]}
                """.formatted(model, parameters));
    }

    private static void budget(String modelId, long nano) {
        SERVER.database().execute("""
                INSERT INTO budgets (id, scope, subject_id, unit, amount, period)
                VALUES ('%s', 'model', '%s', 'USD', %d, 'day')
                """.formatted(UUID.randomUUID(), modelId, nano));
    }

    private static long spent(String modelId) {
        return number("SELECT spent FROM budget_windows w JOIN budgets b ON b.id = w.budget_id WHERE subject_id = '"
                + modelId + "'");
    }

    private static long number(String sql) {
        return Long.parseLong(SERVER.database().query(sql).getFirst());
    }
}
