package dev.jarvis.platform.telemetry;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of one server, and their text form for {@code /metrics}. */
public final class Telemetry {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** All metrics in the Prometheus text format, version 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }
}
