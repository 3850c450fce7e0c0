package dev.jarvis.gateway.gateway;

import dev.jarvis.gateway.body.BodyLog;
import dev.jarvis.gateway.catalog.AuthScheme;
import dev.jarvis.gateway.catalog.Catalog;
import dev.jarvis.gateway.catalog.Deployment;
import dev.jarvis.gateway.catalog.KeyMode;
import dev.jarvis.gateway.catalog.Model;
import dev.jarvis.gateway.catalog.ProviderKey;
import dev.jarvis.gateway.door.OtherModels;
import dev.jarvis.gateway.idempotency.Idempotency;
import dev.jarvis.gateway.limit.Limits;
import dev.jarvis.gateway.provider.KeyState;
import dev.jarvis.gateway.rate.RateRules;
import dev.jarvis.gateway.rate.Rates;
import dev.jarvis.gateway.rate.Share;
import dev.jarvis.gateway.relay.HangUpPolicy;
import dev.jarvis.gateway.route.KeyHealth;
import dev.jarvis.gateway.upstream.Patience;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.egress.Cidr;
import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.money.Currency;
import dev.jarvis.platform.money.Price;
import dev.jarvis.platform.notice.Live;
import dev.jarvis.platform.telemetry.Telemetry;
import dev.jarvis.platform.vault.Secret;
import dev.jarvis.platform.vault.Vault;
import dev.jarvis.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A gateway behind a real door, with what tests want to turn. */
final class RunningGateway implements AutoCloseable {
    static final Patience CALM = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10));

    /** As the server makes it: epoll where there is epoll. Half-closed connections behave differently there. */
    final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    final RecordedMeter meter = new RecordedMeter();
    final PlayedIdentities identities = new PlayedIdentities();
    final Telemetry telemetry = new Telemetry();
    final Map<UUID, KeyHealth.Rest> resting = new ConcurrentHashMap<>();
    final Map<String, Model> models = new ConcurrentHashMap<>();
    final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Clock clock = Clock.systemUTC();
    volatile Limits limits = Limits.NONE;
    volatile RateRules rates = RateRules.EMPTY;
    OptionalInt demoPort = OptionalInt.empty();
    List<Cidr> allowed = List.of(Cidr.of("127.0.0.0/8"));
    AddressGuard.Resolver resolver = InetAddress::getAllByName;
    private @Nullable Live<RateRules> rules;
    private @Nullable Gateway gateway;
    private @Nullable HttpDoor door;

    RunningGateway model(String modelId, URI baseUrl, KeyMode mode, ProviderKey... keys) {
        return model(modelId, baseUrl, mode, false, keys);
    }

    RunningGateway model(String modelId, URI baseUrl, KeyMode mode, boolean builtIn, ProviderKey... keys) {
        models.put(
                modelId,
                new Model(
                        modelId,
                        "Model " + modelId,
                        "生文",
                        "text",
                        "",
                        false,
                        OptionalInt.of(4096),
                        OptionalInt.of(128_000),
                        Optional.of(Price.of(1, Currency.USD, 2_500_000_000L, 10_000_000_000L)),
                        Instant.EPOCH,
                        new Deployment(
                                UUID.nameUUIDFromBytes(modelId.getBytes(StandardCharsets.UTF_8)),
                                "openai",
                                baseUrl,
                                new AuthScheme.Bearer(),
                                mode,
                                "upstream-" + modelId,
                                List.of(keys),
                                builtIn)));
        return this;
    }

    UUID deploymentOf(String modelId) {
        return Objects.requireNonNull(models.get(modelId)).deployment().id();
    }

    KeyState restingState(String key) {
        return Objects.requireNonNull(resting.get(key(key).id())).trouble().state();
    }

    static ProviderKey key(String value) {
        return key(value, 1);
    }

    static ProviderKey key(String value, int weight) {
        return new ProviderKey(
                UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)), value, new Secret(value), weight);
    }

    RunningGateway start() {
        return start(CALM, HangUpPolicy.DRAIN);
    }

    RunningGateway start(Patience patience, HangUpPolicy policy) {
        return start(new GatewaySettings(patience, policy, 100, 1024 * 1024, 64 * 1024, Optional.empty()));
    }

    RunningGateway start(GatewaySettings settings) {
        Surroundings around = new Surroundings(
                UUID.randomUUID(),
                new OpenVault(),
                corrupt -> {},
                identities,
                identities,
                meter,
                telemetry,
                new AddressGuard(allowed),
                resolver,
                demoPort,
                clock,
                blocking,
                OtherModels.NONE);
        Gateway made = new Gateway(
                settings,
                around,
                () -> new Catalog(new HashMap<>(models)),
                id -> models.values().stream()
                        .filter(model -> model.deployment().id().equals(id))
                        .findFirst(),
                new KeyHealth(clock, new KeyHealth.Observer() {
                    @Override
                    public void resting(UUID keyId, KeyHealth.Rest rest) {
                        resting.put(keyId, rest);
                    }

                    @Override
                    public void healthy(UUID keyId) {
                        resting.remove(keyId);
                    }
                }),
                Rates.local(rules(), () -> Share.WHOLE),
                idempotency(),
                (demand, loop, then) -> limits.reserve(demand, loop, then),
                BodyLog.NONE,
                new ArrayList<>());
        gateway = made;
        Await.until("the catalog is loaded", made::isReady);
        door = await(HttpDoor.open(vertx, "127.0.0.1", 0, 2, List.of(made)));
        return this;
    }

    Live<RateRules> rules() {
        Live<RateRules> live = rules;
        if (live == null) {
            live = RateRules.live(() -> rates, identities);
            rules = live;
        }
        return live;
    }

    private Idempotency idempotency() {
        return new Idempotency(
                Jdbi.create(() -> {
                    throw new SQLException("there is no database");
                }),
                blocking);
    }

    Gateway gateway() {
        return Objects.requireNonNull(gateway);
    }

    int port() {
        return Objects.requireNonNull(door).port();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + PlayedIdentities.KEY)
                .header("content-type", "application/json");
    }

    HttpResponse<String> chat(String body) {
        return send(to("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The answer as it comes. */
    InputStream chatStream(String body) {
        return send(
                        to("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body)),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static String ask(String model, boolean stream, String text) {
        return """
                {"model":"%s","stream":%s,"messages":[{"role":"user","content":"%s"}]}""".formatted(model, stream, text);
    }

    /** A client whose socket the test holds in its hand. */
    Socket rawChat(String body) throws Exception {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setSoTimeout(15_000);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nhost: test\r\nauthorization: Bearer "
                                + PlayedIdentities.KEY + "\r\ncontent-type: application/json\r\ncontent-length: "
                                + bytes.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        gateway().close();
        rules().close();
        http.close();
        await(vertx.close());
        blocking.close();
    }

    private static final class OpenVault implements Vault {
        @Override
        public byte[] seal(Secret secret, Place place) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Secret open(byte[] sealed, Place place) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isSealed() {
            return false;
        }
    }

    /** The next byte; the end of the connection is a failure, not a byte. */
    static char next(Socket socket) throws IOException {
        return next(socket.getInputStream());
    }

    /** The next byte of a stream that must not end yet. */
    static char next(InputStream in) throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the connection ended");
        }
        return (char) read;
    }
}
