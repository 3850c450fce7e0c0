package dev.jarvis.platform.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Lines for people: time, level, logger, message, {@code key="value"} pairs, and a stack trace below where there is one. The
 * pattern {@code %d %-5level %logger{0}: %msg %kvp %mdc%n} says the same and takes twice as long, for each request.
 */
public final class TextLineEncoder extends EncoderBase<ILoggingEvent> {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.").withZone(ZoneId.systemDefault());
    private static final int LEVEL_WIDTH = 5;

    private volatile Second latest = Second.of(0);

    private record Second(long epoch, String text) {
        static Second of(long epoch) {
            return new Second(epoch, SECONDS.format(Instant.ofEpochSecond(epoch)));
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(512);
        time(line, event.getTimeStamp());
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', LEVEL_WIDTH - level.length() + 1);
        String logger = event.getLoggerName();
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length())
                .append(": ")
                .append(event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                pair(line, pair.key, pair.value);
            }
        }
        Map<String, String> context = event.getMDCPropertyMap();
        if (!context.isEmpty()) {
            context.forEach((key, value) -> pair(line, key, value));
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString().getBytes(UTF_8);
    }

    private void time(StringBuilder line, long millis) {
        long epoch = Math.floorDiv(millis, 1_000L);
        Second second = latest;
        if (second.epoch() != epoch) {
            second = Second.of(epoch);
            latest = second;
        }
        int rest = (int) Math.floorMod(millis, 1_000L);
        line.append(second.text())
                .append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10));
    }

    /** What a value says stays within its line: a name with a line break in it must not look like another line. */
    private static void pair(StringBuilder line, String key, @Nullable Object value) {
        line.append(' ').append(key).append("=\"");
        int from = line.length();
        line.append(value);
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) < ' ') {
                line.setCharAt(i, ' ');
            }
        }
        line.append('"');
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
