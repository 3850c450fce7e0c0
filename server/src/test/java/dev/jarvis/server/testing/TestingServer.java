package dev.jarvis.server.testing;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.ScriptedProvider;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A whole server with a database of its own, an administrator logged in, and models that a {@link ScriptedProvider}
 * serves. Everything is done over HTTP, as users do it.
 */
public final class TestingServer implements AutoCloseable {
    public static final String ADMIN_EMAIL = "admin@example.com";

    private final RunningServer server;
    private final TestDatabase database;
    private final @Nullable ScriptedProvider provider;
    private final String adminPassword;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String adminToken;

    private TestingServer(
            RunningServer server, TestDatabase database, @Nullable ScriptedProvider provider, String adminPassword) {
        this.server = server;
        this.database = database;
        this.provider = provider;
        this.adminPassword = adminPassword;
        this.adminToken = login(ADMIN_EMAIL, adminPassword);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Without a trailing slash. */
    public URI base() {
        return server.base();
    }

    /** What an OpenAI client takes as its base URL. */
    public URI openAiBase() {
        return URI.create(base() + "/v1");
    }

    public RunningServer server() {
        return server;
    }

    public TestDatabase database() {
        return database;
    }

    public String adminPassword() {
        return adminPassword;
    }

    public String adminToken() {
        return adminToken;
    }

    public Api anonymous() {
        return new Api(client, base(), null);
    }

    public Api admin() {
        return anonymous().as(adminToken);
    }

    /** An access token. */
    public String login(String username, String password) {
        return anonymous()
                .post("/api/v1/auth/login", Map.of("username", username, "password", password))
                .expect(200)
                .text("/access_token");
    }

    /** A caller key of the administrator. */
    public String createCallerKey(String name) {
        return admin().post("/api/v1/keys", Map.of("name", name)).expect(201).text("/key");
    }

    /** A model served by the scripted provider, with one key of its own, at 1 and 2 USD per million tokens. Its id. */
    public String createModel(String modelId) {
        return createModel(modelId, Map.of());
    }

    /**
     * The same with other fields, and waits until it can be called.
     *
     * @param fields of {@code /api/v1/llm-models}, over the usual ones
     */
    public String createModel(String modelId, Map<String, ?> fields) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", "Test model " + modelId);
        model.put("model_id", modelId);
        model.put("provider", "scripted");
        model.put("type", "text");
        model.put("auth_type", "bearer");
        model.put("input_price", "1");
        model.put("output_price", "2");
        model.put("currency", "USD");
        model.put("api_keys", List.of(Map.of("key", providerKey(modelId), "status", "enabled")));
        if (provider != null) {
            model.put("base_url", provider.baseUrl().toString());
        }
        model.putAll(fields);
        String id = admin().post("/api/v1/llm-models", model).expect(201).text("/id");
        awaitCallable(modelId);
        return id;
    }

    /** Waits until the gateway offers the model: a change is live within a second. */
    public void awaitCallable(String modelId) {
        Await.until(
                "the gateway offers " + modelId,
                () -> admin().get("/v1/models")
                        .json()
                        .path("data")
                        .valueStream()
                        .anyMatch(model -> model.path("id").asString("").equals(modelId)));
    }

    /** The provider key that {@link #createModel} gives a model. */
    public static String providerKey(String modelId) {
        return "sk-provider-of-" + modelId;
    }

    /** Every usage record that has reached the database. */
    public List<UsageRow> usage() {
        return UsageRow.all(database);
    }

    /** Waits until there are that many usage records. */
    public List<UsageRow> awaitUsage(int count) {
        return Await.value(count + " usage records", this::usage, rows -> rows.size() >= count);
    }

    /** The usage records of a request; waits for the first. */
    public List<UsageRow> awaitUsageOf(String requestId) {
        return Await.value(
                "usage records of request " + requestId,
                () -> usage().stream()
                        .filter(row -> row.requestId().equals(requestId))
                        .toList(),
                rows -> !rows.isEmpty());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** How a server is started. */
    @FunctionalInterface
    public interface Start {
        /** @param directory empty, for its data and output; left to the caller afterwards */
        RunningServer with(Map<String, String> environment, Path directory);
    }

    /** What the server is started with. */
    public static final class Builder {
        private final Map<String, String> environment = new HashMap<>();
        private @Nullable ScriptedProvider provider;
        private @Nullable TestDatabase database;
        private @Nullable Path directory;
        private Start start = ServerProcess::start;

        /** Models made by {@link TestingServer#createModel} are served by it. */
        public Builder withProvider(ScriptedProvider scripted) {
            provider = scripted;
            return this;
        }

        public Builder withSetting(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Not a fresh one. */
        public Builder withDatabase(TestDatabase existing) {
            database = existing;
            return this;
        }

        /** Not a fresh one; for what must outlive the server. */
        public Builder withDirectory(Path existing) {
            directory = existing;
            return this;
        }

        /** Not in a process of its own. */
        public Builder startedBy(Start other) {
            start = other;
            return this;
        }

        public TestingServer start() {
            TestDatabase chosen = database == null ? RunningPostgres.newDatabase() : database;
            Path home = directory == null ? freshDirectory() : directory;
            String password = random(18);
            Map<String, String> settings = new HashMap<>();
            settings.put("JARVIS_DATA_DIR", home.resolve("data").toString());
            settings.put("JARVIS_DATABASE_URL", chosen.url());
            settings.put("JARVIS_UNSAFE_DATABASE", "true");
            settings.put("JARVIS_MASTER_KEY", random(32));
            settings.put("JARVIS_ADMIN_EMAIL", ADMIN_EMAIL);
            settings.put("JARVIS_ADMIN_PASSWORD", password);
            settings.put("JARVIS_UPSTREAM_ALLOW", "127.0.0.0/8");
            settings.put("JARVIS_DRAIN_TIMEOUT", "5s");
            settings.putAll(environment);
            RunningServer running = start.with(settings, home);
            return new TestingServer(
                    running, chosen, provider, settings.getOrDefault("JARVIS_ADMIN_PASSWORD", password));
        }

        private static Path freshDirectory() {
            try {
                Path directory = Files.createTempDirectory("jarvis-testing-server");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> removeTree(directory)));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void removeTree(Path tree) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String random(int bytes) {
            byte[] random = new byte[bytes];
            new SecureRandom().nextBytes(random);
            return Base64.getEncoder().encodeToString(random);
        }
    }
}
