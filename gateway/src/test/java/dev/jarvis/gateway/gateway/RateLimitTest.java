package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.rate.RateLimit;
import dev.jarvis.gateway.rate.RateRules;
import dev.jarvis.gateway.rate.RateScope;
import dev.jarvis.gateway.rate.RateSubject;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.provider.Gate;
import dev.jarvis.testkit.provider.ReceivedRequest;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import dev.jarvis.testkit.provider.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static dev.jarvis.gateway.gateway.RunningGateway.ask;
import static dev.jarvis.gateway.gateway.RunningGateway.key;
import static org.assertj.core.api.Assertions.assertThat;

/** Rates, as callers meet them. */
class RateLimitTest {
    private static final long U = RateLimit.UNLIMITED;
    private static final ProviderKey ONE = key("sk-provider-number-one");
    private static final ProviderKey TWO = key("sk-provider-number-two");

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningGateway gateway = new RunningGateway();

    @BeforeEach
    void start() {
        gateway.model("alpha", provider.baseUrl(), KeyMode.SINGLE, ONE, TWO).start();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private void limit(RateScope scope, UUID id, RateLimit limit) {
        RateRules rules = new RateRules(Map.of(new RateSubject(scope, id), limit));
        gateway.rates = rules;
        gateway.identities.announce("rate_limits", id.toString());
        Await.until(
                "the limits are taken over", () -> rules.equals(gateway.rules().get()));
    }

    private void limitUser(long requests, long tokens, long concurrent) {
        limit(RateScope.USER, PlayedIdentities.USER, new RateLimit(requests, tokens, concurrent));
    }

    private HttpResponse<String> chat() {
        return gateway.chat(ask("alpha", false, "tokens=2"));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    @Test
    void answersCarryWhatIsLeftAndRefusalsSayWhenToTryAgain() {
        limitUser(2, 10_000, U);

        HttpResponse<String> first = chat();
        HttpResponse<String> stream = gateway.chat(ask("alpha", true, "tokens=2"));
        HttpResponse<String> third = chat();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "x-ratelimit-limit-requests")).isEqualTo("2");
        assertThat(header(first, "x-ratelimit-remaining-requests")).isEqualTo("1");
        assertThat(header(first, "x-ratelimit-reset-requests")).isEqualTo("1m0s");
        assertThat(header(first, "x-ratelimit-limit-tokens")).isEqualTo("10000");
        assertThat(Long.parseLong(header(first, "x-ratelimit-remaining-tokens")))
                .isBetween(9_000L, 9_999L);
        assertThat(header(first, "x-ratelimit-reset-tokens")).isEqualTo("1m0s");
        assertThat(header(first, "x-ratelimit-mode")).isEqualTo("none");
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(header(stream, "x-ratelimit-remaining-requests")).isEqualTo("0");

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body())
                .contains(
                        "\"code\":\"rate_limit_exceeded\"",
                        "\"type\":\"requests\"",
                        "2 requests a minute of this user");
        assertThat(Integer.parseInt(header(third, "retry-after"))).isBetween(1, 60);
        assertThat(header(third, "x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(provider.received()).hasSize(2);
    }

    @Test
    void withoutLimitsThereAreNoHeaders() {
        assertThat(chat().headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void tokensAreReservedByTheCapAndPutRightByTheAnswer() {
        limitUser(U, 1_000, U);
        String capped = """
                {"model":"alpha","max_tokens":800,"messages":[{"role":"user","content":"tokens=2"}]}""";

        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = gateway.chat(capped);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"completion_tokens\":2");
        }
        HttpResponse<String> tooLarge = gateway.chat(capped.replace("800", "1001"));
        assertThat(tooLarge.statusCode()).isEqualTo(429);
        assertThat(tooLarge.body()).contains("\"type\":\"tokens\"", "ever allows");
        assertThat(header(tooLarge, "x-should-retry")).isEqualTo("false");
    }

    @Test
    void b21_manyKeysOfAUserShareTheUsersLimit() {
        limitUser(10, U, U);
        List<String> keys =
                IntStream.range(0, 1000).mapToObj(i -> "sk-jv-key-" + i).toList();
        keys.forEach(key -> gateway.identities.admit(key, Optional.empty()));

        List<CompletableFuture<HttpResponse<String>>> calls = keys.stream()
                .map(key -> gateway.http.sendAsync(
                        gateway.to("/v1/chat/completions")
                                .setHeader("authorization", "Bearer " + key)
                                .POST(HttpRequest.BodyPublishers.ofString(ask("alpha", false, "tokens=1")))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(calls.stream().filter(call -> call.join().statusCode() == 200))
                .hasSize(10);
        assertThat(provider.received()).hasSize(10);
    }

    @Test
    void b19_requestsThatTheProviderRefusesCountAllTheSame() {
        limitUser(5, 100_000, U);
        provider.script(Scripts.error(400, "invalid_request_error", "bad", "No.", Map.of()));

        List<Integer> statuses =
                IntStream.range(0, 20).mapToObj(i -> chat().statusCode()).toList();

        assertThat(statuses).filteredOn(status -> status == 400).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(15);
        assertThat(provider.received()).hasSize(5);
    }

    @Test
    void b18_aPlaceIsFreeAgainHoweverTheRequestEnds() throws Exception {
        limitUser(U, U, 1);
        Gate gate = new Gate();
        provider.scriptNext(Scripts.tokensThen(1, new Step.Pause(gate)));
        Socket socket = gateway.rawChat(ask("alpha", true, "hello"));
        gate.awaitReached();
        HttpResponse<String> second = chat();
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains("\"type\":\"requests\"", "1 requests at once of this user");
        assertThat(header(second, "retry-after")).isEqualTo("1");

        socket.close();
        gate.open();
        Await.until("the place is free", () -> chat().statusCode() == 200);

        for (Script script : List.of(
                Scripts.serverError(500),
                Scripts.error(400, "invalid_request_error", "bad", "No.", Map.of()),
                Scripts.inBandError(1, "server_error", "overloaded"),
                Scripts.answer(200, "application/json", "{"))) {
            provider.scriptNext(script, script, script);
            chat();
            provider.reset();
            assertThat(chat().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFullProviderKeyIsPassedOverAndTheOtherAnswers() {
        limit(RateScope.PROVIDER_KEY, ONE.id(), new RateLimit(2, U, U));

        for (int i = 0; i < 5; i++) {
            assertThat(chat().statusCode()).isEqualTo(200);
        }
        assertThat(provider.received().stream().map(ReceivedRequest::key))
                .containsExactly(
                        "sk-provider-number-one",
                        "sk-provider-number-one",
                        "sk-provider-number-two",
                        "sk-provider-number-two",
                        "sk-provider-number-two");
    }

    @Test
    void whenAllProviderKeysAreFullTheCallerIsToldTheEarliestTime() {
        gateway.rates = new RateRules(Map.of(
                new RateSubject(RateScope.PROVIDER_KEY, ONE.id()), new RateLimit(1, U, U),
                new RateSubject(RateScope.PROVIDER_KEY, TWO.id()), new RateLimit(1, U, U)));
        gateway.identities.announce("rate_limits", "");
        Await.until(
                "the limits are taken over",
                () -> gateway.rates.equals(gateway.rules().get()));
        chat();
        chat();

        HttpResponse<String> third = chat();

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(header(third, "retry-after"))).isBetween(1, 60);
        assertThat(provider.received()).hasSize(2);
    }
}
