package dev.jarvis.gateway.provider;

import dev.jarvis.gateway.dialect.openai.ProviderError;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The OpenAI rows of streams-retries-errors.md §2.5. */
class OpenAiVerdictsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final OpenAiVerdicts verdicts = new OpenAiVerdicts(clock);

    private static MultiMap headers(String... pairs) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < pairs.length; i += 2) {
            headers.add(pairs[i], pairs[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_request_error, invalid_api_key, Incorrect API key, REFUSED, key_refused",
        "401, invalid_request_error, '', You must be a member of an organization, MISCONFIGURED, organisation_refused",
        "401, invalid_request_error, '', IP not authorized, MISCONFIGURED, organisation_refused",
        "402, '', '', Insufficient Balance, EXHAUSTED, payment_required",
        "403, request_forbidden, unsupported_country_region_territory, Country not supported, MISCONFIGURED, use_forbidden",
        "429, insufficient_quota, insufficient_quota, quota, EXHAUSTED, quota_exhausted",
        "429, x, credit_balance_exhausted, '', EXHAUSTED, quota_exhausted",
        "429, x, organization_spend_limit_exceeded, '', EXHAUSTED, quota_exhausted",
        "429, x, project_spend_limit_exceeded, '', EXHAUSTED, quota_exhausted",
        "429, x, organization_usage_limit_exceeded, '', EXHAUSTED, quota_exhausted",
        "429, requests, rate_limit_exceeded, '', COOLING, rate_limited",
        "429, '', slow_down, '', COOLING, rate_limited",
    })
    void blamesTheKeyFor(int status, String type, String code, String message, KeyState state, String told) {
        Verdict verdict = verdicts.ofStatus(status, headers(), Optional.of(new ProviderError(type, code, message)));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Busy.class, busy -> {
            assertThat(busy.ailment().trouble().state()).isEqualTo(state);
            assertThat(busy.ailment().trouble().code()).isEqualTo(told);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "500, 502, upstream_error, false",
        "502, 502, upstream_error, false",
        "504, 502, upstream_error, false",
        "503, 503, upstream_unavailable, false",
        "529, 503, upstream_overloaded, false",
        "302, 502, upstream_redirect_blocked, false",
        "404, 502, upstream_model_not_found, false",
    })
    void blamesTheProviderFor(int status, int told, String code, boolean mayRetry) {
        assertThat(verdicts.ofStatus(status, headers(), Optional.empty()))
                .isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
                    assertThat(broken.refusal().status()).isEqualTo(told);
                    assertThat(broken.refusal().code()).isEqualTo(code);
                    assertThat(broken.mayRetry()).isEqualTo(mayRetry);
                });
    }

    @ParameterizedTest
    @CsvSource({"400", "409", "413", "415", "422"})
    void blamesTheCallerFor(int status) {
        assertThat(verdicts.ofStatus(status, headers(), Optional.empty())).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void a503WithRetryAfterMayGoToAnotherKey() {
        assertThat(verdicts.ofStatus(503, headers("Retry-After", "3"), Optional.empty()))
                .isInstanceOfSatisfying(
                        Verdict.Broken.class,
                        broken -> assertThat(broken.mayRetry()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 20, 20000",
        "retry-after-ms, 1500, 1500",
        "retry-after, 60s, 60000",
        "retry-after, ' 1m30s ', 90000",
        "retry-after, 1.5, 1500",
        "retry-after, 'Thu, 01 Jan 2026 00:01:00 GMT', 60000",
        "retry-after, 'Thursday, 01-Jan-26 00:01:00 GMT', 60000",
        "retry-after, 'Thu Jan  1 00:01:00 2026', 60000",
        "x-ratelimit-reset-requests, 6m0s, 360000",
        "x-ratelimit-reset-tokens, 12ms, 12",
        "x-ratelimit-reset-tokens, 1h2m3s, 3723000",
        "x-ratelimit-reset-tokens, 8.64s, 8640",
    })
    void r8_waitsAreRead(String name, String value, long millis) {
        assertThat(RestTimes.read(headers(name, value), clock)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, soon",
        "retry-after, -5",
        "retry-after, 0",
        "retry-after, 60 seconds",
        "retry-after, 'Wed, 31 Dec 2025 23:59:00 GMT'",
        "retry-after, 'Fri, 01 Jan 2026 00:01:00 GMT'",
        "x-ratelimit-reset-tokens, 5 apples"
    })
    void r8_nonsenseIsNoWait(String name, String value) {
        assertThat(RestTimes.read(headers(name, value), clock)).isEmpty();
    }

    @Test
    void r8_theLongestWaitOfWhatIsUsedUpCounts() {
        MultiMap headers = headers(
                "retry-after", "2",
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "7s",
                "x-ratelimit-remaining-tokens", "900",
                "x-ratelimit-reset-tokens", "90s");

        assertThat(RestTimes.read(headers, clock)).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "server_error, '', 502, upstream_error",
        "overloaded_error, '', 503, upstream_overloaded",
        "'', 529, 503, upstream_overloaded",
        "rate_limit_error, '', 429, upstream_rate_limited",
        "authentication_error, '', 502, no_usable_key",
        "invalid_request_error, '', 400, upstream_rejected",
    })
    void t13_anErrorEventIsReadAsAStatus(String type, String code, int told, String ours) {
        Verdict verdict = verdicts.ofEvent(new ProviderError(type, code, ""));

        assertThat(verdict.refusal().status()).isEqualTo(told);
        assertThat(verdict.refusal().code()).isEqualTo(ours);
    }
}
