package dev.jarvis.gateway.rate;

import dev.jarvis.platform.http.Refusal;

import java.util.HashMap;
import java.util.Map;

/** What a caller is told who is over a limit. */
final class RateRefusals {
    private static final long LONGEST_WAIT = 60;

    private RateRefusals() {}

    /** 429, with OpenAI's code and types, for which its SDKs wait and try again. */
    static Refusal of(RateAnswer.Refused refused) {
        Shortage shortage = refused.shortage();
        Map<String, String> headers = new HashMap<>();
        RateHeaders.tell(
                refused.standings(),
                refused.degraded(),
                (name, value) -> headers.put(name.toString(), value.toString()));
        headers.put("retry-after", Long.toString(seconds(shortage.waitMillis())));
        if (shortage.kind() == Shortage.Kind.TOO_LARGE) {
            headers.put("retry-after", Long.toString(LONGEST_WAIT));
            headers.put("x-should-retry", "false");
        }
        return new Refusal(429, type(shortage.kind()), "rate_limit_exceeded", message(shortage), null, headers);
    }

    private static String type(Shortage.Kind kind) {
        return switch (kind) {
            case REQUESTS, CONCURRENT -> "requests";
            case TOKENS, TOO_LARGE -> "tokens";
        };
    }

    private static String message(Shortage shortage) {
        String whose = "this " + shortage.subject().scope().word();
        return switch (shortage.kind()) {
            case REQUESTS ->
                "The limit of " + shortage.limit().requests() + " requests a minute of " + whose
                        + " is reached. Try again in " + seconds(shortage.waitMillis()) + " s.";
            case TOKENS ->
                "The limit of " + shortage.limit().tokens() + " tokens a minute of " + whose
                        + " leaves no room for the "
                        + shortage.asked() + " that this request may take. Try again in "
                        + seconds(shortage.waitMillis()) + " s, or set a smaller 'max_tokens'.";
            case CONCURRENT ->
                "The limit of " + shortage.limit().concurrent() + " requests at once of " + whose
                        + " is reached. Try again when one of them is over.";
            case TOO_LARGE ->
                "This request may take " + shortage.asked() + " tokens, more than the limit of "
                        + shortage.limit().tokens() + " tokens a minute of " + whose
                        + " ever allows. Shorten it or set a smaller 'max_tokens'.";
        };
    }

    private static long seconds(long millis) {
        return Math.clamp((millis + 999) / 1000, 1, LONGEST_WAIT);
    }
}
