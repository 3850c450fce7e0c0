package dev.jarvis.server;

import dev.jarvis.control.audit.Audit;
import dev.jarvis.engine.Engine;
import dev.jarvis.engine.EngineSettings;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A process that is an engine and nothing else. It has no vault: what it may, it may as its callers, at the gateway. */
final class EngineApart {
    private EngineApart() {}

    static Parts assemble(Foundation foundation, Vertx vertx, ExecutorService blocking, Closing closing)
            throws IOException {
        Settings settings = foundation.settings();
        URI gateway = settings.gatewayUrl().orElseThrow();
        Engine engine = closing.add(Engine.apart(
                EngineSettings.of(settings),
                foundation.database().jdbi(),
                gateway,
                new Audit(foundation.database().jdbi()),
                EngineKeys.read(settings, foundation.data()),
                new AddressGuard(settings.fetchAllow()),
                new AddressGuard(settings.upstreamAllow()),
                new ControlTrail(foundation.database().jdbi()),
                vertx,
                blocking));
        return new Parts(
                List.of(engine),
                List.of(new ReadinessCheck("gateway", engine::gatewayProblem, false)),
                window -> {
                    engine.close();
                    return Future.succeededFuture();
                },
                Optional.empty(),
                ownUrl -> engine.open(gateway));
    }
}
