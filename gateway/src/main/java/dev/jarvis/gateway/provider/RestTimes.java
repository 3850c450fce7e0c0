package dev.jarvis.gateway.provider;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a refusal's headers how long the provider wants to be left alone. */
final class RestTimes {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The form of HTTP dates, and the two older ones that are still to be understood (RFC 9110 §5.6.7). */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

    private RestTimes() {}

    /** The longest of {@code retry-after-ms}, {@code retry-after} and the resets of what is used up. */
    static Optional<Duration> read(MultiMap headers, Clock clock) {
        Duration longest = Duration.ZERO;
        longest = longer(longest, number(headers.get("retry-after-ms"), "ms"));
        longest = longer(longest, retryAfter(headers.get("retry-after"), clock));
        for (String of : new String[] {"requests", "tokens"}) {
            String remaining = headers.get("x-ratelimit-remaining-" + of);
            if (remaining == null || remaining.equals("0")) {
                longest = longer(longest, duration(headers.get("x-ratelimit-reset-" + of)));
            }
        }
        return longest.isZero() ? Optional.empty() : Optional.of(longest);
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        if (other == null || other.compareTo(one) <= 0) {
            return one;
        }
        return other.compareTo(LONGEST) > 0 ? LONGEST : other;
    }

    /** Seconds or an HTTP date (RFC 9110 §10.2.3); some providers write a unit to the seconds. */
    private static @Nullable Duration retryAfter(@Nullable String value, Clock clock) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        Duration seconds = number(text, "s");
        Duration said = seconds == null ? duration(text) : seconds;
        return said == null ? until(text, clock) : said;
    }

    private static @Nullable Duration until(String text, Clock clock) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Duration.between(clock.instant(), Instant.from(form.parse(text)));
            } catch (DateTimeException e) {
                continue; // perhaps the next form
            }
        }
        return null;
    }

    private static @Nullable Duration number(@Nullable String value, String unit) {
        return value == null ? null : duration(value + unit);
    }

    /** OpenAI's form: {@code 6m0s}, {@code 1h2m3s}, {@code 12ms}, {@code 8.64s}. */
    static @Nullable Duration duration(@Nullable String value) {
        if (value == null || value.length() > 40) {
            return null;
        }
        Matcher part = PART.matcher(value);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (at < value.length()) {
            if (!part.find(at) || part.start() != at) {
                return null;
            }
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosOf(part.group(2))));
            sum = sum.plusNanos(nanos.min(BigDecimal.valueOf(LONGEST.toNanos())).longValue());
            at = part.end();
        }
        return at == 0 ? null : sum;
    }

    private static long nanosOf(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1).toNanos();
            case "s" -> Duration.ofSeconds(1).toNanos();
            case "m" -> Duration.ofMinutes(1).toNanos();
            case "h" -> Duration.ofHours(1).toNanos();
            default -> Duration.ofDays(1).toNanos();
        };
    }
}
