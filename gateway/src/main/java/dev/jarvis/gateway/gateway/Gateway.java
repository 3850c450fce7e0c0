package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.body.Bodies;
import dev.jarvis.gateway.body.BodyLog;
import dev.jarvis.gateway.budget.BudgetLimits;
import dev.jarvis.gateway.caller.CallerDirectory;
import dev.jarvis.gateway.catalog.Catalog;
import dev.jarvis.gateway.catalog.CatalogLoader;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.SealedKeys;
import dev.jarvis.gateway.door.Admittance;
import dev.jarvis.gateway.door.ChatEndpoint;
import dev.jarvis.gateway.door.ModelListings;
import dev.jarvis.gateway.idempotency.Idempotency;
import dev.jarvis.gateway.limit.Limits;
import dev.jarvis.gateway.provider.OpenAiVerdicts;
import dev.jarvis.gateway.rate.KeyRates;
import dev.jarvis.gateway.rate.LiveNodes;
import dev.jarvis.gateway.rate.RateLimiter;
import dev.jarvis.gateway.rate.RateRuleTable;
import dev.jarvis.gateway.rate.RateRules;
import dev.jarvis.gateway.rate.Rates;
import dev.jarvis.gateway.rate.TokenGuess;
import dev.jarvis.gateway.relay.Measures;
import dev.jarvis.gateway.relay.Relay;
import dev.jarvis.gateway.relay.RelayLoop;
import dev.jarvis.gateway.route.KeyHealth;
import dev.jarvis.gateway.route.KeyHealthReader;
import dev.jarvis.gateway.route.KeyHealthTable;
import dev.jarvis.gateway.route.KeyRing;
import dev.jarvis.gateway.upstream.AddressBook;
import dev.jarvis.gateway.upstream.UpstreamClient;
import dev.jarvis.platform.http.RouteTable;
import dev.jarvis.platform.http.Routes;
import dev.jarvis.platform.identity.Installation;
import dev.jarvis.platform.notice.Live;
import dev.jarvis.platform.redis.Redis;
import dev.jarvis.platform.vault.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Jdbi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The data plane: one request in, one answer out. */
public final class Gateway implements Routes, AutoCloseable {
    private final GatewaySettings settings;
    private final Surroundings around;
    private final Live<Catalog> catalog;
    private final Admittance admittance;
    private final Rates rates;
    private final Idempotency idempotency;
    private final Limits limits;
    private final BodyLog bodyLog;
    private final Relay relay;
    private final AddressBook addresses;
    private final Probes probes;
    private final ModelLists modelLists;
    private final List<AutoCloseable> closed;
    private final List<RelayLoop> loops = new CopyOnWriteArrayList<>();

    Gateway(
            GatewaySettings settings,
            Surroundings around,
            Supplier<Catalog> loader,
            Function<UUID, Optional<Model>> oneModel,
            KeyHealth keyHealth,
            Rates rates,
            Idempotency idempotency,
            Limits budgets,
            BodyLog bodyLog,
            List<AutoCloseable> closed) {
        this.settings = settings;
        this.around = around;
        this.closed = closed;
        this.bodyLog = bodyLog;
        this.catalog = new Live<>(
                "models of the catalog", Catalog.EMPTY, loader, around.notices(), List.of("models", "vault"));
        CallerDirectory callers =
                new CallerDirectory(around.identities(), around.notices(), around.clock(), around.blocking());
        this.admittance = new Admittance(callers, around.vault());
        this.rates = rates;
        this.idempotency = idempotency;
        TokenGuess guess = new TokenGuess();
        this.limits = Limits.all(List.of(
                new RateLimiter(
                        rates.rules(), rates.store(), guess, around.telemetry().registry()),
                budgets));
        KeyRates keyRates = new KeyRates(rates.rules(), rates.store(), guess, rates.millis());
        KeyRing keyRing = new KeyRing(keyHealth, keyRates);
        OpenAiVerdicts verdicts = new OpenAiVerdicts(around.clock());
        this.relay = new Relay(
                around.meter(),
                keyRing,
                keyHealth,
                keyRates,
                verdicts,
                settings.patience(),
                settings.hangUpPolicy(),
                settings.mostDrains(),
                new Measures(around.telemetry().registry()));
        this.addresses =
                new AddressBook(around.addressGuard(), around.resolver(), around.blocking(), around.demoPort());
        this.probes = new Probes(oneModel, keyRing, verdicts, settings.patience());
        this.modelLists = new ModelLists(oneModel);
    }

    /**
     * The gateway on a database. Loads its catalog in the background.
     *
     * @param redis what it shares with other gateways; empty: each counts for itself
     */
    public static Gateway assemble(GatewaySettings settings, Surroundings around, Jdbi jdbi, Optional<Redis> redis) {
        CatalogLoader loader = new CatalogLoader(jdbi, new SealedKeys(around.vault(), around.corruptKeys()));
        KeyHealthTable keyHealthTable = new KeyHealthTable(jdbi, around.nodeId());
        LiveNodes nodes = new LiveNodes(jdbi, around.nodeId());
        Live<RateRules> rules = RateRules.live(new RateRuleTable(jdbi)::load, around.notices());
        BudgetLimits budgets = BudgetLimits.start(
                jdbi,
                around.nodeId(),
                around.notices(),
                around.telemetry().registry(),
                around.blocking(),
                around.meter().recovered());
        Rates rates = redis.map(shared -> Rates.shared(
                        rules,
                        shared,
                        Installation.read(jdbi).id(),
                        nodes,
                        around.telemetry().registry()))
                .orElseGet(() -> Rates.local(rules, nodes::share));
        KeyHealth keyHealth = new KeyHealth(around.clock(), keyHealthTable);
        KeyHealthReader reader = new KeyHealthReader(jdbi, keyHealth, around.notices());
        Idempotency idempotency = new Idempotency(jdbi, around.blocking());
        BodyLog bodyLog = Bodies.start(
                jdbi, around.vault(), around.notices(), around.telemetry().registry(), settings.mostOfABody());
        return new Gateway(
                settings,
                around,
                loader::load,
                loader::loadOne,
                keyHealth,
                rates,
                idempotency,
                budgets,
                bodyLog,
                List.of(reader, keyHealthTable, rates, nodes, idempotency, budgets, bodyLog));
    }

    @Override
    public void addTo(RouteTable.Builder table, Vertx vertx) {
        Context loop = vertx.getOrCreateContext();
        UpstreamClient client = new UpstreamClient(vertx, addresses, settings.patience(), settings.upstreamTrust());
        RelayLoop relayLoop = new RelayLoop(relay, client, vertx);
        loops.add(relayLoop);
        probes.use(client, loop);
        modelLists.use(client, loop);
        ChatEndpoint chat = new ChatEndpoint(
                admittance,
                catalog,
                idempotency,
                limits,
                bodyLog,
                relay,
                relayLoop,
                settings.bodyLimit(),
                around.blocking(),
                around.otherModels(),
                loop);
        ModelListings models =
                new ModelListings(admittance, catalog, around.otherModels(), bodyLog, around.blocking(), loop);
        table.add(HttpMethod.POST, "/v1/chat/completions", chat)
                .add(HttpMethod.POST, "/api/v1/llm/chat", chat)
                .add(HttpMethod.GET, "/v1/models", models::openAi)
                .add(HttpMethod.GET, "/v1/models/{+" + ModelListings.MODEL + "}", models::openAiModel)
                .add(HttpMethod.GET, "/api/v1/llm/models", models::full);
    }

    /** Whether calls can be answered: the catalog and the limits were loaded and usage can be recorded. */
    public boolean isReady() {
        return catalog.isLoaded()
                && rates.rules().isLoaded()
                && limits.isLoaded()
                && around.meter().isAdmitting()
                && !relay.isShuttingDown();
    }

    /** Why rates are counted by this node alone though they should not be; empty: they are not. */
    public Optional<String> ratesProblem() {
        return rates.problem().get();
    }

    /** Asks for a fresh catalog, as a notice would. */
    public void reload() {
        catalog.reload();
    }

    /**
     * Sends one tiny real call to a model's provider, also when the model is disabled. Blocking.
     *
     * @param modelId {@code llm_models.id}
     * @param keyId the provider key to use; empty: chosen as for any call
     */
    public ProbeResult probe(UUID modelId, Optional<UUID> keyId) {
        return probes.probe(modelId, keyId);
    }

    /**
     * Sends one tiny call for a model that is not stored. Blocking.
     *
     * @param authType as of a model
     * @param upstreamModel the provider's own name of the model
     */
    public ProbeResult probe(URI baseUrl, String authType, String upstreamModel, Optional<Secret> key) {
        return probes.probe(baseUrl, authType, upstreamModel, key);
    }

    /** Asks the provider of a model, with one of its keys, what it serves. Blocking. */
    public ModelList listModels(UUID modelId) {
        return modelLists.ofModel(modelId);
    }

    /**
     * Asks a provider what it serves. Blocking.
     *
     * @param authType as of a model
     */
    public ModelList listModels(URI baseUrl, String authType, Optional<Secret> key) {
        return modelLists.of(baseUrl, authType, key);
    }

    /**
     * Stops: new requests are refused, running ones may end within the window, the rest are ended with an error. Every
     * attempt is settled when the future completes.
     */
    public Future<Void> drain(Vertx vertx, Duration window) {
        relay.shutDown();
        Future<Void> empty =
                Future.all(loops.stream().map(RelayLoop::emptied).toList()).mapEmpty();
        Promise<Void> ended = Promise.promise();
        empty.onComplete(done -> ended.tryComplete());
        vertx.setTimer(Math.max(1, window.toMillis()), late -> loops.forEach(RelayLoop::endAll));
        return ended.future();
    }

    /** Ends the background threads. The event loops end with their server. */
    @Override
    public void close() throws Exception {
        catalog.close();
        for (AutoCloseable part : closed) {
            part.close();
        }
    }
}
