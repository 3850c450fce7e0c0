package dev.jarvis.control.running;

import dev.jarvis.control.Control;
import dev.jarvis.control.audit.Audit;
import dev.jarvis.control.login.LoginLimits;
import dev.jarvis.control.login.LoginThrottle;
import dev.jarvis.control.login.Logins;
import dev.jarvis.control.password.Passwords;
import dev.jarvis.control.session.Session;
import dev.jarvis.control.session.SessionLimits;
import dev.jarvis.control.session.Sessions;
import dev.jarvis.control.settings.ThisServer;
import dev.jarvis.control.setup.Setup;
import dev.jarvis.control.setup.SetupTokens;
import dev.jarvis.platform.egress.AddressGuard;
import dev.jarvis.platform.http.HttpDoor;
import dev.jarvis.platform.id.Uuid7;
import dev.jarvis.platform.identity.AccessTokens;
import dev.jarvis.platform.identity.DatabaseIdentities;
import dev.jarvis.platform.identity.Installation;
import dev.jarvis.platform.identity.Role;
import dev.jarvis.platform.identity.SigningKeys;
import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.DatabaseAddress;
import dev.jarvis.platform.settings.Settings;
import dev.jarvis.testkit.TestClock;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import io.vertx.core.Vertx;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The identity part of the control plane on a fresh database, and a client to it. */
public final class ControlServer implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";
    /** Hundreds are made: what one must cost is shown elsewhere. */
    public static final Passwords.Cost COST = new Passwords.Cost(64, 1, 1);

    private static final Passwords PASSWORDS = new Passwords(COST);

    private static final String PASSWORD_HASH = PASSWORDS.hash(PASSWORD);
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final TestDatabase database;
    private final SealingVault vault;
    private final TestClock clock;
    private final Database pool;
    private final Jdbi jdbi;
    private final Control control;
    private final AccessTokens accessTokens;
    private final Sessions sessions = new Sessions(SessionLimits.DEFAULT);
    private final HttpDoor door;

    private ControlServer(TestDatabase database, SealingVault vault, TestClock clock, Optional<URI> publicUrl) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.pool = new Database(DatabaseAddress.parse(database.url()));
        this.jdbi = pool.jdbi();
        SigningKeys signingKeys = new SigningKeys(jdbi, vault);
        this.accessTokens = new AccessTokens(signingKeys, Installation.read(jdbi), clock);
        this.control = Control.assemble(
                jdbi,
                vault,
                signingKeys,
                accessTokens,
                new DatabaseIdentities(jdbi, accessTokens),
                PASSWORDS,
                new AddressGuard(List.of()),
                new NoProbe(),
                new NoDiscovery(),
                new ThisServer("0.1.0", new UUID(0, 7), Instant.EPOCH, settings(database, publicUrl), Optional::empty),
                VERTX,
                executor);
        this.door = HttpDoor.open(VERTX, "127.0.0.1", 0, 1, List.of(control)).await();
    }

    private static Settings settings(TestDatabase database, Optional<URI> publicUrl) {
        Map<String, String> environment = new HashMap<>(Map.of("JARVIS_DATABASE_URL", database.url()));
        publicUrl.ifPresent(url -> environment.put("JARVIS_PUBLIC_URL", url.toString()));
        return Settings.read(Map.of(), environment, Optional.empty());
    }

    /** On a fresh database. */
    public static ControlServer start() {
        return start(Optional.empty());
    }

    /** The same, reached by browsers in another way than it listens. */
    public static ControlServer start(Optional<URI> publicUrl) {
        return new ControlServer(
                RunningPostgres.newDatabase(), new SealingVault(), TestClock.at(Instant.now()), publicUrl);
    }

    /** Another node on the same database. */
    public ControlServer secondNode() {
        return new ControlServer(database, vault, clock, Optional.empty());
    }

    /** Empties every table but those that a node reads once, so that the next test finds a fresh server. */
    public void reset() {
        database.execute("""
                SET session_replication_role = replica;
                TRUNCATE users, sessions, refresh_tokens, caller_keys, setup_tokens, audit_logs, team_members, budgets,
                         budget_windows, budget_leases, events, webhooks, webhook_deliveries CASCADE;
                DELETE FROM teams WHERE NOT is_default;
                """);
    }

    public TestDatabase database() {
        return database;
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public SealingVault vault() {
        return vault;
    }

    public TestClock clock() {
        return clock;
    }

    /** Logins on its database, with passwords of the test's own. */
    public Logins logins(Passwords passwords) {
        return new Logins(
                jdbi, accessTokens, passwords, sessions, new LoginThrottle(LoginLimits.DEFAULT), new Audit(jdbi));
    }

    public Setup setup() {
        return control.setup();
    }

    public SetupTokens setupTokens() {
        return control.setupTokens();
    }

    /** Creates the administrator {@code admin} and answers an access token. */
    public String administrator() {
        return token(user("admin", "admin"));
    }

    /** Creates a user with {@link #PASSWORD}, and answers the id. */
    public String user(String username, String role) {
        UUID id = Uuid7.next();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO users (id, username, email, password_hash, role)
                        VALUES (:id, :name, :name || '@example.test', :hash, :role)
                        """)
                .bind("id", id)
                .bind("name", username)
                .bind("hash", PASSWORD_HASH)
                .bind("role", role)
                .execute());
        return id.toString();
    }

    /** An access token of a new session, without the cost of a login. */
    public String token(String userId) {
        UUID id = UUID.fromString(userId);
        Session session = jdbi.inTransaction(handle -> sessions.start(handle, id, null));
        return accessTokens
                .issue(id, session.id(), Role.USER, session.endsAt())
                .token()
                .reveal();
    }

    public Answer login(String username) {
        return login(username, PASSWORD);
    }

    public Answer login(String username, String password) {
        return call(
                "POST",
                "/api/v1/auth/login",
                null,
                "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(username, password));
    }

    public Answer refresh(String refreshToken) {
        return call("POST", "/api/v1/auth/refresh", null, "{\"refresh_token\": \"%s\"}".formatted(refreshToken));
    }

    public Answer get(String path, @Nullable String credential) {
        return call("GET", path, credential, null);
    }

    public Answer call(String method, String path, @Nullable String credential, @Nullable String json) {
        return call(method, path, credential, json, Map.of());
    }

    /** Where it listens. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + door.port());
    }

    public Answer call(
            String method,
            String path,
            @Nullable String credential,
            @Nullable String json,
            Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("content-type", "application/json");
        }
        headers.forEach(request::header);
        if (credential != null) {
            request.header("authorization", "Bearer " + credential);
        }
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The number that a query answers. */
    public long count(String sql) {
        return Long.parseLong(database.query(sql).getFirst());
    }

    @Override
    public void close() {
        door.close().await();
        control.close();
        executor.close();
        pool.close();
    }
}
