package dev.jarvis.gateway.demo;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user message that begins with {@code /demo} wants to be answered. What it asks too much of is cut to the limit.
 *
 * @param delay between two tokens, at most 60 s
 * @param tokens of the answer, at most 100,000; 0: an answer in words
 * @param failure instead of an answer
 * @param stallAfter tokens after which nothing follows; negative: not
 * @param cutAfter tokens after which the connection is closed; negative: not
 */
record DemoWish(Duration delay, int tokens, @Nullable DemoFailure failure, int stallAfter, int cutAfter) {
    static final DemoWish NONE = new DemoWish(Duration.ZERO, 0, null, -1, -1);

    private static final Pattern COMMAND = Pattern.compile("^\\s*/demo\\b([^\\n]*)");
    private static final Pattern SETTING =
            Pattern.compile("(delay|tokens|fail|stall|cut)(?:=(\\d{1,9})(ms|s)?)?(?=\\s|$)");
    private static final int MOST_TOKENS = 100_000;
    private static final long LONGEST_DELAY_MS = 60_000;

    static DemoWish of(String userText) {
        Matcher command = COMMAND.matcher(userText);
        DemoWish wish = NONE;
        if (!command.find()) {
            return wish;
        }
        Matcher setting = SETTING.matcher(command.group(1));
        while (setting.find()) {
            String number = setting.group(2);
            int value = number == null ? 0 : Integer.parseInt(number);
            wish = wish.with(setting.group(1), value, "s".equals(setting.group(3)));
        }
        return wish;
    }

    private DemoWish with(String name, int value, boolean seconds) {
        return switch (name) {
            case "delay" -> {
                long millis = Math.min(LONGEST_DELAY_MS, seconds ? value * 1000L : value);
                yield new DemoWish(Duration.ofMillis(millis), tokens, failure, stallAfter, cutAfter);
            }
            case "tokens" -> new DemoWish(delay, Math.min(MOST_TOKENS, value), failure, stallAfter, cutAfter);
            case "fail" -> {
                int status = value >= 400 && value <= 599 ? value : 500;
                yield new DemoWish(delay, tokens, DemoFailure.asked(status), stallAfter, cutAfter);
            }
            case "stall" -> new DemoWish(delay, tokens, failure, value, cutAfter);
            case "cut" -> new DemoWish(delay, tokens, failure, stallAfter, value);
            default -> this;
        };
    }
}
