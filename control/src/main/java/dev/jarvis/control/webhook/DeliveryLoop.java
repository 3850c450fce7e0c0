package dev.jarvis.control.webhook;

import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends what is due for as long as the node runs: at once while there is something, else it looks every second. */
public final class DeliveryLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration IN_FLIGHT = Duration.ofSeconds(2);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final Deliveries deliveries;
    private final WebhookSender sender;
    private final Semaphore stop = new Semaphore(0);
    private final Thread thread;

    DeliveryLoop(Deliveries deliveries, WebhookSender sender) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.thread = Thread.ofVirtual().name("webhooks").start(this::run);
    }

    private void run() {
        boolean failing = false;
        long cleaned = System.nanoTime();
        int sent = 0;
        try {
            while (!stop.tryAcquire(sent == 0 ? PAUSE.toMillis() : 0, TimeUnit.MILLISECONDS)) {
                sent = 0;
                try {
                    sent = deliveries.sendDue();
                    if (System.nanoTime() - cleaned > CLEANING.toNanos()) {
                        cleaned = System.nanoTime();
                        deliveries.forgetOld();
                    }
                    failing = false;
                } catch (JdbiException e) {
                    if (!failing) {
                        LOG.warn("Events wait: the deliveries cannot be read ({})", e.getMessage());
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is still being sent loses its claim in a minute, and is sent again by another node or after the next start. */
    @Override
    public void close() {
        stop.release();
        try {
            if (!thread.join(IN_FLIGHT)) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
