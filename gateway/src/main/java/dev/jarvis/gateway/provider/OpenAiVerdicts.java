package dev.jarvis.gateway.provider;

import dev.jarvis.gateway.dialect.openai.ProviderError;
import dev.jarvis.platform.http.Refusal;
import io.vertx.core.MultiMap;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads refusals of providers that speak OpenAI's dialect: the OpenAI rows of streams-retries-errors.md §2.5, and what
 * aggregators add to them.
 */
public final class OpenAiVerdicts {
    private static final Duration PROBE_AFTER = Duration.ofMinutes(15);
    private static final Duration MONEY_AFTER = Duration.ofHours(1);
    private static final ProviderError NOTHING_SAID = new ProviderError("", "", "");

    private static final Set<String> OUT_OF_MONEY = Set.of(
            "insufficient_quota",
            "credit_balance_exhausted",
            "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded",
            "organization_usage_limit_exceeded",
            "billing_hard_limit_reached",
            "billing_not_active",
            "account_deactivated");

    private final Clock clock;

    public OpenAiVerdicts(Clock clock) {
        this.clock = clock;
    }

    /** @param error what the body says, where it says anything that can be read */
    public Verdict ofStatus(int status, MultiMap headers, Optional<ProviderError> error) {
        ProviderError said = error.orElse(NOTHING_SAID);
        return switch (status) {
            case 401 -> unauthorised(said);
            case 402 -> exhausted(KeyTrouble.PAYMENT_REQUIRED);
            case 403 -> forbidden(headers, error);
            case 404 -> misconfigured404();
            case 407 -> broken(502, "upstream_error", "The provider failed.");
            case 408 -> broken(504, "upstream_timeout", "The provider timed out.");
            case 429 ->
                isOutOfMoney(said)
                        ? exhausted(KeyTrouble.outOfQuota(quotaCode(said)))
                        : cooling(RestTimes.read(headers, clock));
            case 498 -> cooling(RestTimes.read(headers, clock)); // Groq: flex capacity
            case 529 -> overloaded(headers);
            case 503 -> unavailable(headers);
            default -> {
                if (status >= 300 && status < 400) {
                    yield broken(
                            502,
                            "upstream_redirect_blocked",
                            "The provider answered with a redirect, which is not followed. An administrator must "
                                    + "correct the model's base_url.");
                }
                yield status >= 400 && status < 500
                        ? new Verdict.Rejected(
                                Refusal.badRequest("upstream_rejected", "The provider rejected the request.", null))
                        : broken(502, "upstream_error", "The provider failed.");
            }
        };
    }

    /**
     * An error event after a 200 is read as the status it would have been. Before any content it may be tried again
     * (R5), except where the provider says that it has no capacity for anyone.
     */
    public Verdict ofEvent(ProviderError error) {
        int status = statusOf(error);
        Verdict verdict = ofStatus(status, MultiMap.caseInsensitiveMultiMap(), Optional.of(error));
        return verdict instanceof Verdict.Broken broken && status != 529
                ? new Verdict.Broken(broken.refusal(), true)
                : verdict;
    }

    private static int statusOf(ProviderError error) {
        if (error.code().matches("[45]\\d\\d")) {
            return Integer.parseInt(error.code());
        }
        if (isOutOfMoney(error)) {
            return 429;
        }
        String type = (error.type() + " " + error.code()).toLowerCase(Locale.ROOT);
        if (type.contains("overloaded")) {
            return 529;
        }
        if (type.contains("rate_limit") || type.contains("resource_exhausted") || type.contains("slow_down")) {
            return 429;
        }
        if (type.contains("authentication") || type.contains("invalid_api_key")) {
            return 401;
        }
        if (type.contains("permission")) {
            return 403;
        }
        return type.contains("invalid_request") || type.contains("content_filter") || type.contains("invalid_argument")
                ? 400
                : 500;
    }

    private static Verdict unauthorised(ProviderError error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        if (message.contains("member of an organization") || message.contains("ip not authorized")) {
            return toBeProbed(KeyTrouble.ORGANISATION_REFUSED);
        }
        return toBeProbed(KeyTrouble.KEY_REFUSED);
    }

    /** A page in HTML comes from a network's edge, not from the API: it says nothing of the key. */
    private static Verdict forbidden(MultiMap headers, Optional<ProviderError> error) {
        String type = headers.get("content-type");
        if (error.isEmpty() || (type != null && type.toLowerCase(Locale.ROOT).contains("html"))) {
            return broken(502, "upstream_blocked", "The provider's network refused the connection of this server.");
        }
        return toBeProbed(KeyTrouble.USE_FORBIDDEN);
    }

    private static Verdict toBeProbed(KeyTrouble trouble) {
        return new Verdict.Busy(new KeyAilment(trouble, Optional.of(PROBE_AFTER)), noUsableKey());
    }

    private static Verdict exhausted(KeyTrouble trouble) {
        return new Verdict.Busy(new KeyAilment(trouble, Optional.of(MONEY_AFTER)), noUsableKey());
    }

    private static Verdict misconfigured404() {
        return broken(
                502,
                "upstream_model_not_found",
                "The provider does not know this model or path. An administrator must correct the model's record.");
    }

    private static Verdict cooling(Optional<Duration> rest) {
        return new Verdict.Busy(
                new KeyAilment(KeyTrouble.RATE_LIMITED, rest), rateLimited(rest.orElse(Duration.ofSeconds(10))));
    }

    private Verdict overloaded(MultiMap headers) {
        return new Verdict.Broken(
                unavailable("upstream_overloaded", "The provider is overloaded.", seconds(headers)), false);
    }

    /** With Retry-After the provider refused before working (R3); without it nobody knows (R4). */
    private Verdict unavailable(MultiMap headers) {
        return new Verdict.Broken(
                unavailable("upstream_unavailable", "The provider is unavailable.", seconds(headers)),
                headers.contains("retry-after") || headers.contains("retry-after-ms"));
    }

    private long seconds(MultiMap headers) {
        return wholeSeconds(RestTimes.read(headers, clock).orElse(Duration.ofSeconds(5)));
    }

    private static Refusal unavailable(String code, String message, long retryAfter) {
        return new Refusal(503, "server_error", code, message, null, Map.of("retry-after", Long.toString(retryAfter)));
    }

    private static Verdict broken(int status, String code, String message) {
        return new Verdict.Broken(new Refusal(status, "server_error", code, message, null, Map.of()), false);
    }

    /** What a client is told when every key of the model is resting. */
    public static Refusal rateLimited(Duration rest) {
        return new Refusal(
                429,
                "rate_limit_error",
                "upstream_rate_limited",
                "The provider's rate limit is reached for every key of this model. Try again later.",
                null,
                Map.of("retry-after", Long.toString(wholeSeconds(rest))));
    }

    /** What a client is told when no key of the model can be used: an administrator's business. */
    public static Refusal noUsableKey() {
        return new Refusal(
                502,
                "server_error",
                "no_usable_key",
                "No provider key of this model is usable at the moment. Its administrator must look at its keys.",
                null,
                Map.of("x-should-retry", "false"));
    }

    /** Up, never down: a retry-after is a minimum. */
    private static long wholeSeconds(Duration duration) {
        return Math.max(1, (duration.toMillis() + 999) / 1000);
    }

    private static boolean isOutOfMoney(ProviderError error) {
        return OUT_OF_MONEY.contains(error.type()) || OUT_OF_MONEY.contains(error.code());
    }

    /** One of our own list of words, never what the provider wrote. */
    private static String quotaCode(ProviderError error) {
        return OUT_OF_MONEY.contains(error.code()) ? error.code() : error.type();
    }
}
