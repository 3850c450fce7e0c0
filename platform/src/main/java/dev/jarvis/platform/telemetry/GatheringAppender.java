package dev.jarvis.platform.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Logs to the standard output without a system call for each line, see {@link GatheredLines}. Lines wait for 20 ms at
 * most; warnings and errors do not wait. Named in {@code logback.xml}, which sets its encoder.
 *
 * <p>A process that is killed loses the lines of its last 20 ms; one that ends in order loses none.
 */
public final class GatheringAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int MOST_WAITING = 1 << 20;
    private static final Duration GATHER = Duration.ofMillis(20);
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final OutputStream out;
    private @Nullable Encoder<ILoggingEvent> encoder;
    private @Nullable GatheredLines lines;

    /** To the standard output. */
    public GatheringAppender() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    GatheringAppender(OutputStream out) {
        this.out = out;
    }

    /** How a line looks. Set by the configuration before {@link #start}. */
    public void setEncoder(Encoder<ILoggingEvent> encoder) {
        this.encoder = encoder;
    }

    @Override
    public void start() {
        Encoder<ILoggingEvent> lineEncoder = encoder;
        if (lineEncoder == null) {
            addError("The appender " + getName() + " needs an encoder.");
            return;
        }
        GatheredLines started = new GatheredLines(
                out,
                MOST_WAITING,
                GATHER,
                lost -> lineEncoder.encode(loss(lost)),
                failure -> addError("The log cannot be written.", failure));
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("log-end").unstarted(() -> started.hurry(LAST_WAIT)));
        lines = started;
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        Encoder<ILoggingEvent> lineEncoder = encoder;
        GatheredLines open = lines;
        if (lineEncoder != null && open != null) {
            open.add(lineEncoder.encode(event), event.getLevel().isGreaterOrEqual(Level.WARN));
        }
    }

    @Override
    public void stop() {
        super.stop();
        GatheredLines open = lines;
        if (open != null) {
            open.close();
        }
    }

    private ILoggingEvent loss(long lost) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("jarvis.log");
        event.setLevel(Level.WARN);
        event.setTimeStamp(System.currentTimeMillis());
        event.setThreadName(Thread.currentThread().getName());
        event.setMessage("Log lines were lost: the standard output did not take them in time");
        event.addKeyValuePair(new KeyValuePair("lines", lost));
        if (getContext() instanceof LoggerContext context) {
            event.setLoggerContext(context);
            event.setLoggerContextRemoteView(context.getLoggerContextRemoteView());
        }
        return event;
    }
}
