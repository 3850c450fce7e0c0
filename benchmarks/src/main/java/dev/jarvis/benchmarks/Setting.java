package dev.jarvis.benchmarks;

import dev.jarvis.benchmarks.contender.Direct;
import dev.jarvis.benchmarks.contender.Equipment;
import dev.jarvis.benchmarks.contender.Jarvis;
import dev.jarvis.benchmarks.contender.Nginx;
import dev.jarvis.benchmarks.contender.Portkey;
import dev.jarvis.benchmarks.contender.Site;
import dev.jarvis.benchmarks.contender.Target;
import dev.jarvis.benchmarks.upstream.MockUpstream;
import dev.jarvis.benchmarks.wire.Certificate;
import dev.jarvis.benchmarks.wire.Loops;
import io.netty.channel.EventLoopGroup;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** What every run needs: event loops and the two mock upstreams, with and without TLS; and how targets are started. */
final class Setting implements AutoCloseable {

    private final Options options;
    private final EventLoopGroup loops;
    private final MockUpstream plain;
    private final MockUpstream tls;
    private final Site site;

    Setting(Options options) throws IOException, InterruptedException, GeneralSecurityException {
        this.options = options;
        loops = Loops.start(Runtime.getRuntime().availableProcessors());
        Certificate certificate = Certificate.create(options.work());
        plain = MockUpstream.start(loops, null);
        tls = MockUpstream.start(loops, certificate.serving());
        site = new Site(
                options.work(),
                options.repository().resolve("benchmarks"),
                options.cores(),
                plain.port(),
                tls.port(),
                certificate);
    }

    EventLoopGroup loops() {
        return loops;
    }

    /** How many requests reached the upstreams so far. */
    long served() {
        return plain.served() + tls.served();
    }

    Target start(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "direct" -> new Direct(site);
            case "nginx" -> new Nginx(site);
            case "portkey" -> new Portkey(site);
            default -> jarvis(name, "");
        };
    }

    /**
     * Starts a Jarvis, or the one of {@code --other}.
     *
     * @param name {@code jarvis} or {@code other}, and what it is measured with: see {@link Equipment#named}
     */
    Jarvis jarvis(String name, String jvmOptions) throws IOException, InterruptedException {
        String kind = name.split("-", 2)[0];
        List<String> command = kind.equals("other") ? options.other() : options.jarvis();
        return new Jarvis(
                site, name, Equipment.named(name.substring(kind.length())), command, options.repository(), jvmOptions);
    }

    @Override
    public void close() {
        plain.close();
        tls.close();
        loops.shutdownGracefully().syncUninterruptibly();
    }
}
