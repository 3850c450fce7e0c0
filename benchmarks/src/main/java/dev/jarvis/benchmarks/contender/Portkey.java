package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.measure.ProcessTree;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Portkey gateway from npm, laid out by the calling script in {@code target/portkey}. */
public final class Portkey implements Target {

    private static final String MODULES = "target/portkey/node_modules";

    private final Site site;
    private final int port = Child.freePort();
    private final String version;
    private final Child child;

    /** Starts it. */
    public Portkey(Site site) throws IOException, InterruptedException {
        this.site = site;
        Path modules = site.benchmarks().resolve(MODULES);
        version = Version.of("node", "-p", "require('" + modules + "/@portkey-ai/gateway/package.json').version")
                + " on Node " + Version.of("node", "-v");
        child = Child.start(
                site,
                "portkey",
                List.of(
                        "node",
                        modules.resolve("@portkey-ai/gateway/build/start-server.js")
                                .toString(),
                        "--port=" + port,
                        "--headless"),
                Map.of(
                        "NODE_ENV", "production",
                        "TRUSTED_CUSTOM_HOSTS", "127.0.0.1,localhost",
                        "NODE_EXTRA_CA_CERTS", site.certificate().pem().toString()),
                site.directory());
        child.awaitPort(port, Duration.ofSeconds(30));
    }

    @Override
    public String name() {
        return "portkey";
    }

    @Override
    public String version() {
        return "Portkey gateway " + version;
    }

    @Override
    public Aim aim(boolean tlsUpstream) {
        return new Aim(
                port,
                null,
                "bench",
                Map.of(
                        "authorization", "Bearer provider-key",
                        "x-portkey-provider", "openai",
                        "x-portkey-custom-host", site.upstream(tlsUpstream) + "/v1"));
    }

    @Override
    public ProcessTree processes() {
        return ProcessTree.of(child.pid());
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public void close() {
        child.close();
    }
}
