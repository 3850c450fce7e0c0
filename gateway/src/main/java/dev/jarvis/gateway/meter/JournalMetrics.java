package dev.jarvis.gateway.meter;

import dev.jarvis.platform.id.Uuid7;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The journal's figures. For watching only: the books are the tables. */
final class JournalMetrics {
    private final AtomicLong unshipped = new AtomicLong();
    private final InstantSource clock;
    private final Counter batches;
    private final Counter failures;
    private final Counter quarantined;
    private volatile @Nullable UUID oldest;

    JournalMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        batches = Counter.builder("jarvis.journal.ship.batches")
                .description("Batches of usage records committed in PostgreSQL")
                .register(registry);
        failures = Counter.builder("jarvis.journal.ship.failures")
                .description("Batches that could not be committed and are tried again")
                .register(registry);
        quarantined = Counter.builder("jarvis.journal.quarantined")
                .description("Usage records that the database refused and that are kept in quarantine")
                .register(registry);
        Gauge.builder("jarvis.journal.unshipped.records", unshipped, AtomicLong::doubleValue)
                .description("Settled attempts that are not yet in PostgreSQL")
                .register(registry);
        Gauge.builder("jarvis.journal.unshipped.age", this, JournalMetrics::oldestAgeSeconds)
                .description("Since the oldest attempt that waits for PostgreSQL began")
                .baseUnit("seconds")
                .register(registry);
    }

    void watch(MeterRegistry registry, UsageJournal journal, BooleanSupplier admitting) {
        Gauge.builder("jarvis.journal.bytes", journal, UsageJournal::bytes)
                .strongReference(true)
                .description("Size of all journal files")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("jarvis.journal.admitting", admitting, yes -> yes.getAsBoolean() ? 1 : 0)
                .strongReference(true)
                .description("1 while the journal can take another attempt")
                .register(registry);
    }

    void settled(long records) {
        unshipped.addAndGet(records);
    }

    long unshipped() {
        return unshipped.get();
    }

    void shipping(UUID oldestAttempt) {
        oldest = oldestAttempt;
    }

    void shipped(int records) {
        batches.increment();
        unshipped.addAndGet(-records);
        oldest = null;
    }

    void shipFailed() {
        failures.increment();
    }

    void quarantined() {
        quarantined.increment();
    }

    private double oldestAgeSeconds() {
        UUID waiting = oldest;
        if (waiting == null) {
            return 0;
        }
        Duration age = Duration.between(Uuid7.instant(waiting), clock.instant());
        return Math.max(0, age.toMillis() / 1000.0);
    }
}
