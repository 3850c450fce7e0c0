package dev.jarvis.gateway.body;

import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.dialect.openai.ChatRequest;
import dev.jarvis.platform.body.BodyPolicy;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.notice.Live;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands bodies to one thread that masks, seals and stores them. What waits is bounded in number and in bytes; what is over is
 * dropped and counted, and so is what the database does not take. Nothing of a call waits for it. Thread-safe.
 */
final class QueuedBodyLog implements BodyLog {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedBodyLog.class);
    private static final int MOST_WAITING = 1_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final int BATCH = 50;
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Live<BodyPolicies> policies;
    private final BodyStore store;
    private final BlockingQueue<HeldBody> waiting;
    private final long mostBytes;
    private final AtomicLong held = new AtomicLong();
    private final Counter stored;
    private final Counter dropped;
    private final Thread writer = Thread.ofPlatform().daemon().name("bodies").unstarted(this::write);
    private volatile boolean closing;

    /** Where bodies go. Blocking. */
    @FunctionalInterface
    interface BodyStore {
        void store(List<HeldBody> bodies);
    }

    QueuedBodyLog(Live<BodyPolicies> policies, BodyStore store, MeterRegistry registry) {
        this(policies, store, registry, MOST_WAITING, MOST_BYTES);
    }

    /** @param mostBytes that are held for calls that run and calls that wait to be written */
    QueuedBodyLog(
            Live<BodyPolicies> policies, BodyStore store, MeterRegistry registry, int mostWaiting, long mostBytes) {
        this.policies = policies;
        this.store = store;
        this.waiting = new ArrayBlockingQueue<>(mostWaiting);
        this.mostBytes = mostBytes;
        this.stored = Counter.builder("jarvis.bodies.stored").register(registry);
        this.dropped = Counter.builder("jarvis.bodies.dropped").register(registry);
        Gauge.builder("jarvis.bodies.held.bytes", held, AtomicLong::get).register(registry);
        writer.start();
    }

    @Override
    public BodyPolicy policy(Identity caller, Model model) {
        return policies.get().of(caller, model.deployment().id());
    }

    @Override
    public BodyCapture capture(Identity caller, Model model, ChatRequest request, String requestId) {
        BodyPolicy policy = policy(caller, model);
        return policy == BodyPolicy.OFF
                ? BodyCapture.NONE
                : new HeldBody(this, caller, model.modelId(), requestId, policy, request.isStream(), request.body());
    }

    /** Whether so many more bytes may be held; if so, they are. */
    boolean hold(int bytes) {
        if (held.addAndGet(bytes) <= mostBytes) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void offer(HeldBody body) {
        if (!hold(body.request.length())) {
            dropped.increment();
            held.addAndGet(-body.held());
        } else if (closing || !waiting.offer(body)) {
            dropped.increment();
            release(body);
        }
    }

    private void release(HeldBody body) {
        held.addAndGet(-body.held() - body.request.length());
    }

    private void write() {
        List<HeldBody> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                write(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            // The server stops: what waits is written once, if the database takes it.
            waiting.drainTo(batch);
            if (!batch.isEmpty()) {
                end(batch, store(batch));
            }
        }
    }

    private void write(List<HeldBody> batch) throws InterruptedException {
        boolean done = store(batch);
        for (int i = 1; i < TRIES && !done; i++) {
            Thread.sleep(PAUSE);
            done = store(batch);
        }
        end(batch, done);
    }

    private void end(List<HeldBody> batch, boolean done) {
        (done ? stored : dropped).increment(batch.size());
        batch.forEach(this::release);
    }

    /** Never throws: a body that cannot be stored must not end the thread that stores the others. */
    private boolean store(List<HeldBody> batch) {
        try {
            store.store(List.copyOf(batch));
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getClass().getName())
                    .addKeyValue("bodies", batch.size())
                    .log("Bodies of calls could not be stored");
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        policies.close();
        writer.interrupt();
        writer.join(PATIENCE);
    }
}
