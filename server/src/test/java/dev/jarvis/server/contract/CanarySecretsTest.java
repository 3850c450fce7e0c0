package dev.jarvis.server.contract;

import dev.jarvis.server.mcp.RudeMcpServer;
import dev.jarvis.server.testing.ApiAnswer;
import dev.jarvis.server.testing.ServerProcess;
import dev.jarvis.server.testing.TestingServer;
import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RunningPostgres;
import dev.jarvis.testkit.database.TestDatabase;
import dev.jarvis.testkit.provider.Script;
import dev.jarvis.testkit.provider.ScriptedProvider;
import dev.jarvis.testkit.provider.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * S18, S19, S21: secrets of every class are used through the whole API, and then looked for wherever they could have been
 * left: the log, every row of the database, the data directory, the metrics and every answer but the one that hands a
 * credential out.
 */
class CanarySecretsTest {
    private static final String CHAT = "/v1/chat/completions";

    /** Everything that anyone logs, with its fields, however fine (S21). */
    private static final String LOGGING = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg %kvp %mdc%n</pattern></encoder>
              </appender>
              <root level="TRACE"><appender-ref ref="console" /></root>
            </configuration>
            """;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Canary> canaries = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<ApiAnswer> answers = new ArrayList<>();
    private final AtomicReference<ServerProcess> process = new AtomicReference<>();
    private final TestDatabase database = RunningPostgres.newDatabase();

    @TempDir
    private Path directory;

    @Test
    void s18_noSecretIsLeftAnywhere() throws IOException {
        try (ScriptedProvider provider = ScriptedProvider.start();
                TestingServer server = start(provider)) {
            Calls anyone = new Calls(new Descriptions(), server.base());
            Calls admin = anyone.as(server.adminToken());
            canaries.add(new Canary("access token of the login", signature(server.adminToken())));
            providerKeys(server, provider, admin);
            badRequests(anyone, admin);
            people(anyone, admin);
            callerKeys(anyone, admin);
            toolServers(provider, admin);
            server.awaitUsage(4);
            reports(anyone, admin);
        }
        places.put("log", process.get().output());
        readDatabase();
        readFiles();
        for (int i = 0; i < answers.size(); i++) {
            places.put(
                    "answer " + i,
                    answers.get(i).headers().map() + "\n" + answers.get(i).body());
        }
        assertThat(places.get("table llm_usage")).contains("\"canary\"");
        assertThat(places.get("table users")).contains("\"$argon2id$v=19$m=19456,t=2,p=1$"); // OWASP's cost
        assertThat(places.get("log")).contains("TRACE ", "Goodbye");
        assertThat(hits()).isEmpty();
    }

    @Test
    void s18_everyFormOfASecretWouldBeFound() {
        Canary canary = new Canary("test", random(24) + "+/%");
        byte[] bytes = canary.secret().getBytes(StandardCharsets.UTF_8);
        places.put("a", "x" + canary.secret().substring(0, 12));
        places.put(
                "b",
                Base64.getEncoder().encodeToString(("1" + canary.secret() + "23").getBytes(StandardCharsets.UTF_8)));
        places.put(
                "c",
                Base64.getEncoder().encodeToString(("12" + canary.secret() + "3").getBytes(StandardCharsets.UTF_8)));
        places.put("d", Base64.getUrlEncoder().encodeToString(bytes));
        places.put("e", HexFormat.of().formatHex(bytes));
        canaries.add(canary);
        assertThat(hits()).extracting(hit -> hit.charAt(0)).contains('a', 'b', 'c', 'd', 'e');
    }

    private TestingServer start(ScriptedProvider provider) throws IOException {
        Path logging = Files.writeString(directory.resolve("logging.xml"), LOGGING);
        byte[] masterKey = new byte[32];
        RANDOM.nextBytes(masterKey);
        String encodedKey = add("master key", Base64.getEncoder().encodeToString(masterKey));
        String databasePassword = add("database password", random(24));
        return TestingServer.builder()
                .withProvider(provider)
                .withDatabase(database)
                .withDirectory(directory)
                .withSetting("JARVIS_DATABASE_URL", database.url().replace(TestDatabase.PASSWORD, databasePassword))
                .withSetting("JDK_JAVA_OPTIONS", "-Dlogback.configurationFile=" + logging)
                .withSetting("JARVIS_MASTER_KEY", encodedKey)
                .withSetting("JARVIS_ADMIN_PASSWORD", newCanary("administrator's password"))
                .startedBy((environment, home) -> {
                    process.set(ServerProcess.start(environment, home));
                    return process.get();
                })
                .start();
    }

    private void providerKeys(TestingServer server, ScriptedProvider provider, Calls admin) throws IOException {
        String good = newCanary("provider key");
        String id = server.createModel("canary", Map.of("api_keys", List.of(Map.of("key", good))));
        see(admin.post(200, CHAT, hello("canary", false)));
        see(admin.post(200, CHAT, hello("canary", true)));
        see(admin.post(200, "/api/v1/llm-models/" + id + "/test", null));
        assertThat(provider.received()).anyMatch(request -> request.key().equals(good));

        provider.scriptNext(Scripts.echoKey(400), Scripts.echoKey(422));
        see(admin.post(400, CHAT, hello("canary", false)));
        see(admin.post(422, CHAT, hello("canary", true)));
        provider.scriptNext(Scripts.stream("data: " + Scripts.errorBody("invalid_request_error", "", good) + "\n\n"));
        see(admin.send("POST", CHAT, hello("canary", true)));
        provider.scriptNext(Scripts.echoKey(500));
        see(admin.post(502, CHAT, hello("canary", false)));
        provider.scriptNext(Scripts.echoKey(401));
        see(admin.post(200, "/api/v1/llm-models/" + id + "/test", null));
        provider.scriptNext(Scripts.echoKey(401));
        see(admin.post(502, CHAT, hello("canary", false)));

        String unsaved = newCanary("provider key of a model that is only tested");
        Map<String, Object> model = Map.of(
                "name", "Unsaved",
                "model_id", "unsaved",
                "provider", "scripted",
                "type", "text",
                "base_url", provider.baseUrl().toString(),
                "api_keys", List.of(Map.of("key", unsaved)));
        provider.scriptNext(Scripts.echoKey(401), Script.chat().words(unsaved + " said the provider"));
        see(admin.post(200, "/api/v1/llm-models/test", model));
        see(admin.post(200, "/api/v1/llm-models/test", model));
        Map<String, Object> odd = new HashMap<>(model);
        odd.put("base_url", "http://10.0.0.1/v1");
        see(admin.post(400, "/api/v1/llm-models/test", odd));

        String replaced = newCanary("provider key that replaces one");
        see(admin.call(200, "PUT", "/api/v1/llm-models/" + id, Map.of("api_keys", List.of(Map.of("key", replaced)))));
        String inQuery = newCanary("provider key in a query");
        server.createModel("in-query", Map.of("auth_type", "query:key", "api_keys", List.of(Map.of("key", inQuery))));
        see(admin.post(200, CHAT, hello("in-query", false)));
        String unreachable = newCanary("provider key in a query to nobody");
        server.createModel(
                "nobody",
                Map.of(
                        "auth_type",
                        "query:key",
                        "base_url",
                        "http://127.0.0.1:" + closedPort() + "/v1",
                        "api_keys",
                        List.of(Map.of("key", unreachable))));
        see(admin.post(502, CHAT, hello("nobody", false)));
        String inHeader = newCanary("provider key in a header");
        server.createModel(
                "in-header", Map.of("auth_type", "header:x-key", "api_keys", List.of(Map.of("key", inHeader))));
        see(admin.post(200, CHAT, hello("in-header", true)));
        see(admin.get(200, "/api/v1/llm-models"));
        see(admin.delete(204, "/api/v1/llm-models/" + id));
    }

    /** Secrets in places where they do not belong; the refusal must not repeat them. */
    private void badRequests(Calls anyone, Calls admin) {
        String models = "/api/v1/llm-models";
        String stray = newCanary("provider key in the wrong place");
        for (String body : List.of(
                "{\"api_key\": \"" + stray + "\"}",
                "{\"api_keys\": \"" + stray + "\"}",
                "{\"api_keys\": [\"" + stray + "\"]}",
                "{\"api_keys\": [{\"key\": \"" + stray + " \"}]}",
                "{\"api_keys\": [{\"key\": \"" + stray + "\"}",
                "{\"name\": \"n\", \"model_id\": \"m\", \"provider\": \"p\", \"type\": \"text\", "
                        + "\"base_url\": \"https://user:" + stray.replaceAll("[^A-Za-z0-9]", "")
                        + "@llm.example.com/v1\"}")) {
            see(admin.post(400, models, body));
        }
        String unknown = newCanary("credential that is not ours");
        see(anyone.as(unknown).get(401, "/api/v1/auth/me"));
        see(anyone.as("sk-jv-" + unknown).post(401, CHAT, hello("canary", false)));
        see(anyone.with(Map.of("x-api-key", unknown)).get(401, "/v1/models"));
        String path = unknown.replaceAll("[^A-Za-z0-9]", "");
        see(anyone.send("GET", "/v1/models?key=" + path, null).expect(401));
        see(anyone.send("GET", "/" + path, null).expect(404));
    }

    private void people(Calls anyone, Calls admin) {
        String first = newCanary("user's password");
        String second = newCanary("user's new password");
        see(admin.post(201, "/api/v1/users", Map.of("username", "one", "email", "one@example.com", "password", first)));
        see(anyone.post(401, "/api/v1/auth/login", Map.of("username", "one", "password", newCanary("wrong password"))));
        see(anyone.post(
                401,
                "/api/v1/auth/login",
                Map.of("username", newCanary("password in the field of the name"), "password", "x")));
        ApiAnswer login = anyone.post(200, "/api/v1/auth/login", Map.of("username", "one", "password", first));
        String refreshToken = add("refresh token", login.text("/refresh_token"));
        Map<String, String> refresh = Map.of("refresh_token", refreshToken);
        ApiAnswer renewed = anyone.post(200, "/api/v1/auth/refresh", refresh);
        add("renewed refresh token", renewed.text("/refresh_token"));
        canaries.add(new Canary("access token", signature(renewed.text("/access_token"))));
        Calls one = anyone.as(renewed.text("/access_token"));
        see(one.get(200, "/api/v1/auth/me"));
        see(one.get(403, "/api/v1/users"));
        see(one.post(204, "/api/v1/auth/password", Map.of("current_password", first, "new_password", second)));
        see(anyone.post(401, "/api/v1/auth/refresh", refresh));
        see(one.get(401, "/api/v1/auth/me"));
    }

    private void callerKeys(Calls anyone, Calls admin) {
        ApiAnswer created = admin.post(201, "/api/v1/keys", Map.of("name", "canary"));
        String key = add("caller key", created.text("/key"));
        String prompt = newCanary("prompt");
        Map<String, Object> said =
                Map.of("model", "in-header", "messages", List.of(Map.of("role", "user", "content", prompt)));
        see(anyone.as(key).post(200, CHAT, said));
        see(anyone.with(Map.of("x-api-key", key)).get(200, "/v1/models"));
        see(anyone.as(key).post(400, CHAT, Map.of("model", "in-header", "messages", prompt)));
        see(anyone.as(key).post(404, CHAT, hello("none", false)));
        see(admin.get(200, "/api/v1/keys"));
        see(admin.delete(204, "/api/v1/keys/" + created.text("/id")));
        Await.until(
                "the key is refused",
                () -> anyone.as(key).send("POST", CHAT, said).status() == 401);
        see(anyone.as(key).post(401, CHAT, said));
    }

    /** MCP servers that repeat whatever they are sent, in what they list, refuse and answer. */
    private void toolServers(ScriptedProvider provider, Calls admin) {
        String servers = "/api/v1/mcp-servers";
        String bearer = newCanary("bearer token of an MCP server");
        String header = newCanary("header of an MCP server");
        try (RudeMcpServer peer = new RudeMcpServer()) {
            for (Map<String, String> auth : List.of(
                    Map.of("type", "bearer", "secret", bearer),
                    Map.of("type", "header", "header", "x-tool-key", "secret", header))) {
                String secret = auth.getOrDefault("secret", "");
                peer.reset();
                peer.lists(RudeMcpServer.tool("repeat", "Says " + secret, "{\"type\":\"object\"}"));
                ApiAnswer added = admin.post(
                        201,
                        servers,
                        Map.of(
                                "name",
                                "Repeats " + auth.get("type"),
                                "url",
                                peer.url().toString(),
                                "auth",
                                auth));
                see(added);
                String one = servers + "/" + added.text("/id");
                see(admin.post(200, one + "/refresh", null));
                ApiAnswer tools = admin.get(200, one + "/tools");
                see(tools);
                see(admin.call(
                        200,
                        "PUT",
                        one + "/tools",
                        Map.of(
                                "tools",
                                List.of(Map.of(
                                        "name",
                                        "repeat",
                                        "allowed",
                                        true,
                                        "approval",
                                        false,
                                        "fingerprint",
                                        tools.text("/data/0/fingerprint"))))));
                peer.returns("{\"content\":[{\"type\":\"text\",\"text\":\"You sent " + secret + "\"}]}");
                callTool(provider, admin, added);
                peer.answers(
                        "tools/call",
                        (exchange, message) -> peer.send(
                                exchange,
                                200,
                                "application/json",
                                ("{\"jsonrpc\":\"2.0\",\"id\":" + message.path("id")
                                                + ",\"error\":{\"code\":-32000,\"message\":\"I do not know " + secret
                                                + "\"}}")
                                        .getBytes(StandardCharsets.UTF_8)));
                callTool(provider, admin, added);
                assertThat(peer.received())
                        .anyMatch(received -> received.headers().toString().contains(secret));
            }
            see(admin.post(400, servers, Map.of("name", "Bad", "url", "https://example.com/mcp?key=" + header)));
            see(admin.post(400, servers, Map.of("name", "Bad", "url", peer.url().toString(), "auth", bearer)));
            see(admin.get(200, servers));
        }
    }

    private void callTool(ScriptedProvider provider, Calls admin, ApiAnswer toolServer) {
        provider.scriptNext(Script.chat().toolCall("mcp_" + toolServer.text("/slug") + "_repeat", "{}"), Script.chat());
        String agent = admin.post(
                        201,
                        "/api/v1/agents",
                        Map.of(
                                "name",
                                "Caller",
                                "model",
                                Map.of("model_id", "in-header"),
                                "tools",
                                List.of(Map.of("type", "mcp", "server_id", toolServer.text("/id")))))
                .text("/id");
        String conversation = admin.post(201, "/api/v1/conversations", Map.of("agent_id", agent))
                .text("/id");
        String run = admin.post(202, "/api/v1/conversations/" + conversation + "/messages", Map.of("text", "Go"))
                .text("/run/id");
        ApiAnswer done = Await.value(
                "the run is over",
                () -> admin.get(200, "/api/v1/runs/" + run),
                answer -> List.of("done", "failed").contains(answer.text("/run/status")));
        assertThat(done.text("/steps/1/output/content")).contains("[credential]");
        see(done);
        places.put(
                "what the model was told in run " + run,
                provider.received().getLast().bodyText());
    }

    private void reports(Calls anyone, Calls admin) {
        see(admin.get(200, "/api/v1/usage?group_by=model,user,key,provider,provider_key"));
        see(admin.get(200, "/api/v1/llm/usage"));
        see(admin.get(200, "/api/v1/audit-logs?page_size=200"));
        see(admin.get(200, "/api/v1/users"));
        see(anyone.get(200, "/health/ready"));
        places.put("metrics", anyone.get(200, "/metrics").body());
    }

    private void readDatabase() {
        for (String table :
                database.query("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                        + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            List<String> rows = database.query("SELECT row_to_json(t)::text FROM " + table + " AS t");
            places.put("table " + table.replace("public.", ""), String.join("\n", rows));
        }
    }

    private void readFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                places.put("file " + directory.relativize(file), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(places.keySet()).anyMatch(place -> place.contains("journal"));
    }

    /** Where which secret was found in which form; never the secret itself. */
    private List<String> hits() {
        Map<Canary, Map<String, String>> forms = new HashMap<>();
        canaries.forEach(canary -> forms.put(canary, canary.forms()));
        List<String> hits = new ArrayList<>();
        places.forEach((place, text) -> forms.forEach((canary, byName) -> byName.forEach((form, looked) -> {
            if (text.contains(looked)) {
                hits.add(place + " has the " + canary.what() + " (" + form + ")");
            }
        })));
        return hits;
    }

    private void see(ApiAnswer answer) {
        answers.add(answer);
    }

    private String newCanary(String what) {
        return add(what, random(24) + "+/%~");
    }

    private String add(String what, String secret) {
        canaries.add(new Canary(what, secret));
        return secret;
    }

    /** The part of a JWT that is a secret: its beginning is the same in all of them. */
    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static Map<String, Object> hello(String model, boolean stream) {
        return Map.of(
                "model", model, "stream", stream, "messages", List.of(Map.of("role", "user", "content", "Hello")));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String random(int length) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return RANDOM.ints(length, 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }
}
