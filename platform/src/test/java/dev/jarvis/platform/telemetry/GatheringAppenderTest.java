package dev.jarvis.platform.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.helpers.BasicMDCAdapter;

import java.io.ByteArrayOutputStream;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class GatheringAppenderTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    @Test
    void writesEveryLineBeforeTheLogEnds() {
        Logger log = log();

        log.info("one");
        log.atInfo().addKeyValue("status", 200).addKeyValue("model", "a b").log("two");
        log.warn("three", new IllegalStateException("broken"));
        context.stop();

        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  request: one");
        assertThat(lines.get(1)).endsWith(" INFO  request: two status=\"200\" model=\"a b\"");
        assertThat(lines.get(2)).endsWith(" WARN  request: three");
        assertThat(lines.get(3)).isEqualTo("java.lang.IllegalStateException: broken");
        assertThat(lines.get(4)).startsWith("\tat dev.jarvis.platform.telemetry.GatheringAppenderTest.");
    }

    @Test
    void keepsWhatAValueSaysWithinItsLine() {
        log().atInfo()
                .addKeyValue("model", "x\n2026-01-01 00:00:00.000 ERROR forged: line")
                .log("chat");
        context.stop();

        assertThat(out.toString(UTF_8).lines()).hasSize(1);
    }

    private Logger log() {
        context.setMDCAdapter(new BasicMDCAdapter());
        TextLineEncoder encoder = new TextLineEncoder();
        encoder.setContext(context);
        encoder.start();
        GatheringAppender appender = new GatheringAppender(out);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger log = context.getLogger("dev.jarvis.gateway.request");
        log.setLevel(Level.INFO);
        log.addAppender(appender);
        return log;
    }
}
