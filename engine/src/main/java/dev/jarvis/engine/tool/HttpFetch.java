package dev.jarvis.engine.tool;

import dev.jarvis.engine.egress.Fetched;
import dev.jarvis.engine.egress.GuardedHttp;
import dev.jarvis.platform.json.Json;
import io.vertx.core.http.HttpMethod;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a public web page. Every address, that of a redirect too, is judged by the guard; no cookies and no credentials are
 * sent, and what comes is bounded text.
 */
public final class HttpFetch implements Tool {
    /** With all redirects. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_TEXT = 40_000;
    private static final int MOST_REDIRECTS = 5;
    private static final Pattern CHARSET =
            Pattern.compile("charset=\"?([A-Za-z0-9._:-]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/(?:.*\\+)?(?:json|xml)|application/(?:javascript|x-ndjson|yaml).*");

    private final GuardedHttp http;

    public HttpFetch(GuardedHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "http_fetch";
    }

    @Override
    public String description() {
        return "Reads a public web page or API by GET and returns its text. Private addresses cannot be reached.";
    }

    @Override
    public ObjectNode parameters() {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"type":"object","properties":{"url":{"type":"string","maxLength":2000,
                "description":"With https:// or http://"}},"required":["url"],"additionalProperties":false}""");
    }

    @Override
    public boolean hasSideEffects() {
        return false;
    }

    @Override
    public ToolOutcome call(ObjectNode arguments, ToolContext context) {
        String wanted = arguments.path("url").asString("");
        Instant end = Instant.now().plus(context.patience().compareTo(PATIENCE) < 0 ? context.patience() : PATIENCE);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Optional<URI> url = url(wanted);
            if (url.isEmpty()) {
                return ToolOutcome.failed("'url' must be an http or https URL without user name and password.");
            }
            Duration left = Duration.between(Instant.now(), end);
            if (!left.isPositive()) {
                return ToolOutcome.failed("Not read: it took too long.");
            }
            Fetched fetched = http.send(
                    HttpMethod.GET,
                    url.get(),
                    Map.of("accept", "text/html,text/plain,application/json,*/*;q=0.5", "user-agent", "Jarvis"),
                    new byte[0],
                    left,
                    MOST_BYTES,
                    context.stop());
            if (fetched instanceof Fetched.Unanswered unanswered) {
                return ToolOutcome.failed("Not read: " + explain(unanswered.reason()));
            }
            Fetched.Answered answer = (Fetched.Answered) fetched;
            Optional<String> location = answer.header("location");
            if (answer.status() >= 300 && answer.status() < 400 && location.isPresent()) {
                Optional<String> next = resolved(url.get(), location.get());
                if (next.isEmpty()) {
                    return ToolOutcome.failed("Not read: it leads to something that is no URL.");
                }
                wanted = next.get();
                continue;
            }
            return outcome(url.get(), answer);
        }
        return ToolOutcome.failed("Not read: it leads from one address to another without end.");
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && url.getRawUserInfo() == null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> resolved(URI from, String location) {
        try {
            return Optional.of(from.resolve(new URI(location)).toString());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String explain(String reason) {
        return switch (reason) {
            case "forbidden_target" -> "the address is not public.";
            case "unknown_host" -> "there is no host of that name.";
            case "timeout" -> "it took too long.";
            case "closed" -> "it was stopped.";
            case "tls_failed" -> "its certificate is not valid.";
            default -> "the connection failed.";
        };
    }

    private static ToolOutcome outcome(URI url, Fetched.Answered answer) {
        String type = answer.header("content-type").orElse("text/plain").toLowerCase(Locale.ROOT);
        String plain = type.replaceFirst(";.*", "").strip();
        String head = "HTTP " + answer.status() + " " + plain + " " + url + "\n\n";
        if (!TEXT.matcher(plain).matches()) {
            return new ToolOutcome(head + "[not text; nothing is shown]", answer.status() >= 400);
        }
        String text = new String(answer.body(), charset(type));
        String shown = plain.equals("text/html") ? HtmlText.of(text) : text;
        boolean cut = answer.cut() || shown.length() > MOST_TEXT;
        String bounded = shown.length() > MOST_TEXT ? shown.substring(0, MOST_TEXT) : shown;
        return new ToolOutcome(head + bounded + (cut ? "\n[cut off]" : ""), answer.status() >= 400);
    }

    private static Charset charset(String type) {
        Matcher matcher = CHARSET.matcher(type);
        try {
            return matcher.find() ? Charset.forName(matcher.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
