package dev.jarvis.gateway.relay;

import dev.jarvis.gateway.meter.Meter;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.rate.KeyRates;
import dev.jarvis.gateway.route.KeyHealth;
import dev.jarvis.gateway.route.KeyRing;
import dev.jarvis.gateway.upstream.Patience;

import java.util.concurrent.atomic.AtomicBoolean;

/** What all exchanges of a server share. Thread-safe. */
public final class Relay {
    /** A request tries at most this many times (R7). */
    static final int MOST_ATTEMPTS = 3;

    private final Meter meter;
    private final KeyRing keyRing;
    private final KeyHealth keyHealth;
    private final KeyRates keyRates;
    private final OpenAiVerdicts verdicts;
    private final Patience patience;
    private final Drains drains;
    private final Measures measures;
    private final AtomicBoolean shuttingDown = new AtomicBoolean();

    /** @param mostDrains how many exchanges at most go on without their clients */
    public Relay(
            Meter meter,
            KeyRing keyRing,
            KeyHealth keyHealth,
            KeyRates keyRates,
            OpenAiVerdicts verdicts,
            Patience patience,
            HangUpPolicy hangUpPolicy,
            int mostDrains,
            Measures measures) {
        this.meter = meter;
        this.keyRing = keyRing;
        this.keyHealth = keyHealth;
        this.keyRates = keyRates;
        this.verdicts = verdicts;
        this.patience = patience;
        this.drains = new Drains(hangUpPolicy, patience.drain(), mostDrains, measures);
        this.measures = measures;
    }

    Meter meter() {
        return meter;
    }

    KeyRing keyRing() {
        return keyRing;
    }

    KeyHealth keyHealth() {
        return keyHealth;
    }

    KeyRates keyRates() {
        return keyRates;
    }

    OpenAiVerdicts verdicts() {
        return verdicts;
    }

    Patience patience() {
        return patience;
    }

    Drains drains() {
        return drains;
    }

    Measures measures() {
        return measures;
    }

    /** Whether the server stops: nothing new begins, nothing is tried again. */
    public boolean isShuttingDown() {
        return shuttingDown.get();
    }

    public void shutDown() {
        shuttingDown.set(true);
    }
}
