package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.measure.ProcessTree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;

/** Nothing in between: what load generator and mock upstream can do together, and the delay that is theirs. */
public final class Direct implements Target {

    private final Aim plain;
    private final Aim tls;

    /** Asks the mock upstream of the site. */
    public Direct(Site site) throws IOException {
        plain = new Aim(site.plainPort(), null, "bench", Map.of());
        tls = new Aim(site.tlsPort(), site.certificate().trusting(), "bench", Map.of());
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public String version() {
        return "mock upstream, no proxy";
    }

    @Override
    public Aim aim(boolean tlsUpstream) {
        return tlsUpstream ? tls : plain;
    }

    @Override
    public @Nullable ProcessTree processes() {
        return null;
    }

    @Override
    public void close() {
        // nothing was started
    }
}
