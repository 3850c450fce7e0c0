package dev.jarvis.control;

import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.identity.Credential;
import dev.jarvis.platform.identity.Identities;
import dev.jarvis.platform.identity.Identity;
import dev.jarvis.platform.identity.IdentityCheck;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.json.Json;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Some of the control plane's routes, on a real HTTP server and a fresh database, with an administrator and two users. */
public final class RunningRoutes implements AutoCloseable {
    public static final String ADMIN = "admin.token";
    public static final String USER = "user.token";
    public static final String OTHER_USER = "other.token";
    public static final UUID ADMIN_ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    public static final UUID USER_ID = UUID.fromString("019a0000-0000-7000-8000-000000000002");
    public static final UUID OTHER_USER_ID = UUID.fromString("019a0000-0000-7000-8000-000000000003");

    /** Refusals of rights, as the audit log would be told of them. */
    public final List<Refusal> refusedRights = new CopyOnWriteArrayList<>();

    private final TestDatabase database = RunningPostgres.newDatabase();
    private final Jdbi jdbi = Jdbi.create(database.dataSource()).installPlugin(new PostgresPlugin());
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpDoor door;

    /** What a request was answered with. */
    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        /** The code of a refusal. */
        public String code() {
            return body.path("error").path("code").asString("");
        }

        public String param() {
            return body.path("error").path("param").asString("");
        }
    }

    public RunningRoutes(BiConsumer<BlockingEndpoints, Jdbi> routes) throws Exception {
        Identities identities = RunningRoutes::check;
        BlockingEndpoints endpoints =
                new BlockingEndpoints(identities, (call, refusal) -> refusedRights.add(refusal), executor);
        routes.accept(endpoints, jdbi);
        this.door = HttpDoor.open(vertx, "127.0.0.1", 0, 1, List.of(endpoints))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public TestDatabase database() {
        return database;
    }

    public int port() {
        return door.port();
    }

    /** Empties every table, the append-only ones too, so that the next test begins as the first one did. */
    public void reset() {
        refusedRights.clear();
        database.execute("""
                SET session_replication_role = replica;
                DO $$ DECLARE names text; BEGIN
                    SELECT string_agg(quote_ident(tablename), ', ') INTO names FROM pg_tables
                    WHERE schemaname = 'public' AND tablename NOT IN ('schema_migrations', 'usage_folding', 'usage_retention');
                    EXECUTE 'TRUNCATE ' || names;
                END $$;
                """);
    }

    public Answer get(String token, String path) {
        return send(token, "GET", path, null);
    }

    /** @param headers names and values in turn */
    public Answer send(String token, String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("content-type")) {
            request.header("content-type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            return new Answer(response.statusCode(), Json.MAPPER.readTree(text.isEmpty() ? "null" : text), response);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        executor.close();
        client.close();
    }

    private static IdentityCheck check(Credential credential) {
        return credential instanceof Credential.AccessToken token
                ? switch (token.value()) {
                    case ADMIN -> admitted(ADMIN_ID, "admin", Role.ADMIN);
                    case USER -> admitted(USER_ID, "user", Role.USER);
                    case OTHER_USER -> admitted(OTHER_USER_ID, "other", Role.USER);
                    default -> new IdentityCheck.Unknown();
                }
                : new IdentityCheck.Unknown();
    }

    private static IdentityCheck admitted(UUID id, String name, Role role) {
        return new IdentityCheck.Admitted(new Identity(
                id,
                name,
                role,
                Identity.DEFAULT_TEAM,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.MAX));
    }
}
