package dev.jarvis.testkit.database;

import dev.jarvis.testkit.Await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** A real Redis with one replica, and a Sentinel that puts the replica in its place when it has not answered for half a second. */
public final class RedisSentinel implements AutoCloseable {
    private static final String NAME = "jarvis";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long DOWN_AFTER_MILLIS = 500;
    private static final long NEXT_TRY_MILLIS = 3_000;

    private final RunningRedis primary;
    private final RunningRedis replica;
    private final int port;
    private final redis.embedded.RedisSentinel sentinel;

    private RedisSentinel(RunningRedis primary, RunningRedis replica) throws IOException {
        this.primary = primary;
        this.replica = replica;
        this.port = RunningRedis.freePort();
        this.sentinel = redis.embedded.RedisSentinel.newRedisSentinel()
                .bind("127.0.0.1")
                .port(port)
                .masterName(NAME)
                .masterPort(primary.port())
                .quorumSize(1)
                .downAfterMilliseconds(DOWN_AFTER_MILLIS)
                .failOverTimeout(NEXT_TRY_MILLIS)
                .build();
    }

    /** Returns when Sentinel knows the replica, and the replica has what the primary has. */
    public static RedisSentinel start() {
        RunningRedis primary = RunningRedis.start("repl-diskless-sync yes", "repl-diskless-sync-delay 0");
        RunningRedis replica = RunningRedis.start("replicaof 127.0.0.1 " + primary.port());
        try {
            RedisSentinel made = new RedisSentinel(primary, replica);
            made.sentinel.start();
            Runtime.getRuntime().addShutdownHook(new Thread(made::close, "stop-sentinel"));
            made.awaitReplica(replica);
            Await.until(
                    "Sentinel knows the replica",
                    PATIENCE,
                    () -> RunningRedis.field(made.port, "master0", "INFO", "sentinel")
                            .contains("slaves=1"));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis Sentinel for tests did not start", e);
        }
    }

    /** Where clients ask who the primary is. */
    public String url() {
        return "redis-sentinel://127.0.0.1:" + port + "/0#" + NAME;
    }

    /** The one that is the primary at first. */
    public RunningRedis primary() {
        return primary;
    }

    /** The one that follows it at first. */
    public RunningRedis replica() {
        return replica;
    }

    /** Returns when one of the two is the primary. */
    public void awaitPrimary(RunningRedis one) {
        Await.until("it is the primary", PATIENCE, () -> one.info("role").equals("master"));
    }

    /** Returns when one of the two has what the other has, and follows it. */
    public void awaitReplica(RunningRedis one) {
        Await.until("it follows", PATIENCE, () -> one.info("master_link_status").equals("up"));
    }

    @Override
    public void close() {
        try {
            sentinel.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replica.close();
        primary.close();
    }
}
