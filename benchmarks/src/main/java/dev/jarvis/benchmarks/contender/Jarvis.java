package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.measure.ProcessTree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Jarvis as a user starts it, with everything on: caller keys, journal, shipping into its embedded PostgreSQL. All of its
 * processes run on the target's core; PostgreSQL and Redis are counted apart.
 */
public final class Jarvis implements Target {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration SETTING = Duration.ofSeconds(10);
    private static final String ADMIN = "admin@example.com";
    private static final String TLS_MODEL = "bench-tls";
    private static final String PLAIN_MODEL = "bench";

    private final String name;
    private final Equipment equipment;
    private final @Nullable Redis redis;
    private final Child child;
    private final int port = Child.freePort();
    private final JarvisApi api = new JarvisApi(port);
    private final Path data;
    private final String password = new BigInteger(160, new SecureRandom()).toString(36) + "-Aa1";
    private final String callerKey;
    private final boolean reachesTls;
    private final long database;

    /**
     * Starts it and adds models and a caller key.
     *
     * @param name of the target
     * @param command how to start it
     * @param repository where to start it
     * @param jvmOptions more options for its JVM
     */
    public Jarvis(Site site, String name, Equipment equipment, List<String> command, Path repository, String jvmOptions)
            throws IOException, InterruptedException {
        this.equipment = equipment;
        this.name = name;
        this.data = site.directory().resolve(name);
        Map<String, String> settings = new HashMap<>();
        settings.put("JARVIS_LISTEN", "127.0.0.1:" + port);
        settings.put("JARVIS_DATA_DIR", data.toString());
        settings.put("JARVIS_ADMIN_EMAIL", ADMIN);
        settings.put("JARVIS_ADMIN_PASSWORD", password);
        settings.put("JARVIS_UPSTREAM_ALLOW", "127.0.0.0/8");
        settings.put("JDK_JAVA_OPTIONS", (jvmOptions + " " + site.certificate().jvmOptions()).strip());
        settings.put("JARVIS_SETTLE", equipment.settle());
        redis = equipment.redis() ? new Redis(site, name) : null;
        if (redis != null) {
            settings.put("JARVIS_REDIS_URL", redis.url());
        }
        child = Child.start(site, name, command, settings, repository);
        try {
            child.await(START, "become ready", api::ready);
            database = findDatabase(site);
            callerKey = setUp(site);
            reachesTls = answersOverTls();
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            closeRedis();
            throw e;
        }
    }

    private String setUp(Site site) throws IOException, InterruptedException {
        api.logIn(ADMIN, password);
        api.addModel(PLAIN_MODEL, site.upstream(false) + "/v1");
        api.addModel(TLS_MODEL, site.upstream(true) + "/v1");
        String key = api.addCallerKey();
        if (equipment.limited()) {
            api.limitEverything();
        }
        if (equipment.bodies()) {
            api.keepBodies();
        }
        child.await(SETTING, "answer a chat request", () -> api.answersChat(key, PLAIN_MODEL));
        return key;
    }

    /** False when it does not trust the certificate of the mock upstream, whatever the reason. */
    private boolean answersOverTls() throws InterruptedException {
        for (int attempt = 0; attempt < 5; attempt++) {
            if (api.answersChat(callerKey, TLS_MODEL)) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    @Override
    public boolean reaches(boolean tlsUpstream) {
        return !tlsUpstream || reachesTls;
    }

    /** The embedded server's own note in the data directory; 0 when there is none. */
    private long findDatabase(Site site) throws IOException {
        Path file = data.resolve("postgres").resolve("postmaster.pid");
        if (Files.notExists(file)) {
            return 0;
        }
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        Child.note(site, pid);
        return pid;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return "Jarvis, auth, journal, shipping to its embedded PostgreSQL, " + equipment;
    }

    @Override
    public Aim aim(boolean tlsUpstream) {
        return new Aim(
                port, null, tlsUpstream ? TLS_MODEL : PLAIN_MODEL, Map.of("authorization", "Bearer " + callerKey));
    }

    @Override
    public ProcessTree processes() {
        return new ProcessTree(child.pid(), database == 0 ? Set.of() : Set.of(database));
    }

    @Override
    public @Nullable ProcessTree database() {
        return database == 0 ? null : ProcessTree.of(database);
    }

    @Override
    public OptionalLong counted() throws IOException, InterruptedException {
        api.logIn(ADMIN, password);
        return OptionalLong.of(api.attempts());
    }

    /** The JVM among the processes, for the profiler. */
    public long jvm() {
        Set<Long> candidates = new HashSet<>(processes().processes());
        return candidates.stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(handle -> handle.info().command())
                        .orElse("")
                        .endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no java process found under " + name));
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public void close() {
        child.close();
        closeRedis();
        if (database != 0) {
            ProcessHandle.of(database).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private void closeRedis() {
        if (redis != null) {
            redis.close();
        }
    }
}
