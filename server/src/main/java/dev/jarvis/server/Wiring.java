package dev.jarvis.server;

import dev.jarvis.control.Control;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.audit.Origin;
import dev.jarvis.control.audit.Target;
import dev.jarvis.control.model.DemoModel;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.retention.BodyRetention;
import dev.jarvis.control.retention.UsageRetention;
import dev.jarvis.control.settings.ThisServer;
import dev.jarvis.control.usage.UsageFolding;
import dev.jarvis.engine.Engine;
import dev.jarvis.engine.EngineSettings;
import dev.jarvis.gateway.catalog.CorruptKeys;
import dev.jarvis.gateway.demo.DemoProvider;
import dev.jarvis.gateway.door.OtherModels;
import dev.jarvis.gateway.gateway.Gateway;
import dev.jarvis.gateway.gateway.GatewaySettings;
import dev.jarvis.gateway.gateway.Surroundings;
import dev.jarvis.gateway.meter.Durability;
import dev.jarvis.gateway.meter.JournalMeter;
import dev.jarvis.gateway.meter.JournalSettings;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.identity.DatabaseIdentities;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Installation;
import dev.jarvis.platform.identity.SigningKeys;
import dev.jarvis.platform.redis.Redis;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;

/** Puts what this process does on the foundation. */
final class Wiring {
    private Wiring() {}

    static Parts assemble(Foundation foundation, Vertx vertx, ExecutorService blocking, Closing closing)
            throws IOException {
        Settings settings = foundation.settings();
        if (settings.isEngineApart()) {
            return EngineApart.assemble(foundation, vertx, blocking, closing);
        }
        Jdbi jdbi = foundation.database().jdbi();

        SigningKeys signingKeys = new SigningKeys(jdbi, foundation.vault());
        foundation.notices().subscribe("signing_keys", subject -> signingKeys.refresh());
        AccessTokens accessTokens = new AccessTokens(signingKeys, Installation.read(jdbi), Clock.systemUTC());
        Identities identities = new DatabaseIdentities(jdbi, accessTokens);
        AddressGuard guard = new AddressGuard(settings.upstreamAllow());

        DemoModel.ensure(jdbi, settings.database().isEmpty());
        DemoProvider demo = DemoProvider.start(vertx).await();
        JournalMeter meter = closing.add(startMeter(foundation, jdbi));
        Optional<Redis> redis = settings.redis().map(Redis::connect).map(closing::add);
        Optional<EngineElsewhere> elsewhere = settings.has(Settings.Role.ENGINE)
                ? Optional.empty()
                : Optional.of(closing.add(new EngineElsewhere(settings.engineUrl(), jdbi)));
        PluggedAgents agents = new PluggedAgents();
        Gateway gateway = closing.add(Gateway.assemble(
                gatewaySettings(settings),
                new Surroundings(
                        meter.node(),
                        foundation.vault(),
                        corruptKeys(new Audit(jdbi)),
                        foundation.notices(),
                        DatabaseIdentities.forModels(jdbi, accessTokens),
                        meter,
                        foundation.telemetry(),
                        guard,
                        InetAddress::getAllByName,
                        OptionalInt.of(demo.port()),
                        Clock.systemUTC(),
                        blocking,
                        elsewhere.<OtherModels>map(there -> there).orElse(agents)),
                jdbi,
                redis));
        List<Routes> routes = new ArrayList<>();
        routes.add(gateway);
        elsewhere.ifPresent(routes::add);
        Optional<Secret> setupToken = Optional.empty();
        if (settings.has(Settings.Role.CONTROL)) {
            startChores(settings, jdbi, closing);
            Control control = closing.add(Control.assemble(
                    jdbi,
                    foundation.vault(),
                    signingKeys,
                    accessTokens,
                    identities,
                    new Passwords(Passwords.Cost.OWASP),
                    guard,
                    new GatewayProbe(gateway),
                    new GatewayDiscovery(gateway),
                    new ThisServer(
                            Version.text(),
                            meter.node(),
                            Instant.now(),
                            settings,
                            () -> redis.flatMap(shared -> gateway.ratesProblem())),
                    vertx,
                    blocking));
            routes.add(control);
            setupToken = firstAdministrator(settings, control);
        }
        Optional<Engine> engine = Optional.empty();
        if (settings.has(Settings.Role.ENGINE)) {
            Engine own = closing.add(Engine.assemble(
                    EngineSettings.of(settings),
                    jdbi,
                    identities,
                    new Audit(jdbi),
                    EngineKeys.read(settings, foundation.data()),
                    new AddressGuard(settings.fetchAllow()),
                    guard,
                    new ControlTrail(jdbi),
                    vertx,
                    blocking));
            agents.plug(own.door());
            routes.add(own);
            engine = Optional.of(own);
        }
        Optional<Engine> here = engine;
        return new Parts(
                routes,
                checks(meter, gateway, redis.isPresent()),
                window -> {
                    here.ifPresent(Engine::close);
                    return gateway.drain(vertx, window);
                },
                setupToken,
                url -> here.ifPresent(own -> own.open(url)));
    }

    private static CorruptKeys corruptKeys(Audit audit) {
        return key -> audit.recordRefused(
                Origin.ofServer("catalog"), "provider_key.open", Target.of("provider_key", key), "key_corrupt");
    }

    /** What the control plane does without being asked. */
    private static void startChores(Settings settings, Jdbi jdbi, Closing closing) {
        settings.usageRetentionDays()
                .ifPresent(days ->
                        closing.add(new UsageRetention(jdbi, new Audit(jdbi), days, Clock.systemUTC()).start()));
        closing.add(new UsageFolding(jdbi, Clock.systemUTC()).start());
        closing.add(new BodyRetention(jdbi, new Audit(jdbi), settings.bodies().days(), Clock.systemUTC()).start());
    }

    private static List<ReadinessCheck> checks(JournalMeter meter, Gateway gateway, boolean withRedis) {
        List<ReadinessCheck> checks = new ArrayList<>();
        checks.add(new ReadinessCheck("journal", () -> problem(meter.isAdmitting(), "the journal takes no attempts")));
        checks.add(new ReadinessCheck("gateway", () -> problem(gateway.isReady(), "the catalog is not loaded yet")));
        if (withRedis) {
            checks.add(new ReadinessCheck("redis", gateway::ratesProblem, false));
        }
        return checks;
    }

    private static JournalMeter startMeter(Foundation foundation, Jdbi jdbi) throws IOException {
        Durability durability = switch (foundation.settings().settle()) {
            case WRITE -> Durability.WRITE;
            case FSYNC -> Durability.FSYNC;
            case POSTGRES -> Durability.POSTGRES;
        };
        Settings.Journal limits = foundation.settings().journal();
        JournalSettings journal = JournalSettings.of(
                        foundation.data().resolve("journal"), nodeName(foundation.settings()), durability)
                .within(limits.most(), limits.keepFree());
        return JournalMeter.start(journal, jdbi, foundation.telemetry().registry(), InstantSource.system());
    }

    private static String nodeName(Settings settings) {
        String address = settings.listen().host() + ":" + settings.listen().port();
        try {
            return InetAddress.getLocalHost().getHostName() + " " + address;
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static GatewaySettings gatewaySettings(Settings settings) {
        Settings.Timeouts timeouts = settings.timeouts();
        return new GatewaySettings(
                new Patience(
                        timeouts.upstreamConnect(),
                        timeouts.upstreamFirstByte(),
                        timeouts.upstreamIdle(),
                        timeouts.clientWrite(),
                        timeouts.request(),
                        Patience.DEFAULT.silence(),
                        Patience.DEFAULT.drain()),
                settings.clientGone() == Settings.ClientGone.DRAIN ? HangUpPolicy.DRAIN : HangUpPolicy.CANCEL,
                GatewaySettings.DEFAULT.mostDrains(),
                settings.maxBody(),
                settings.bodies().most(),
                Optional.empty());
    }

    private static Optional<String> problem(boolean fine, String otherwise) {
        return fine ? Optional.empty() : Optional.of(otherwise);
    }

    /** Creates the administrator of the settings, or else makes the one-time token that lets the first one in. */
    private static Optional<Secret> firstAdministrator(Settings settings, Control control) {
        settings.firstAdministrator().ifPresent(first -> {
            try {
                control.setup().createFromSettings(first.email(), first.password());
            } catch (Refusal refusal) {
                throw new CannotStartException(
                        "The first administrator cannot be created: " + refusal.message()
                                + " Check JARVIS_ADMIN_EMAIL and JARVIS_ADMIN_PASSWORD.",
                        refusal);
            }
        });
        return control.setupTokens().prepare();
    }
}
