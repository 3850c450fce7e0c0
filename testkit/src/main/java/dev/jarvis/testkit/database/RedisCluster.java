package dev.jarvis.testkit.database;

import dev.jarvis.testkit.Await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real Redis Cluster on loopback: masters without replicas, each with an equal part of the slots. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final String NODE_TIMEOUT_MILLIS = "1000";

    private final List<RunningRedis> masters = new ArrayList<>();

    private RedisCluster() {}

    /**
     * Returns when every master knows that the cluster is whole.
     *
     * @param directory where the masters keep what they know of each other
     */
    public static RedisCluster start(int size, Path directory) {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < size; i++) {
                RunningRedis master = RunningRedis.start(
                        "cluster-enabled yes",
                        "cluster-config-file " + directory.resolve("nodes-" + i + ".conf"),
                        "cluster-node-timeout " + NODE_TIMEOUT_MILLIS);
                cluster.masters.add(master);
                master.command(Stream.concat(
                                Stream.of("CLUSTER", "ADDSLOTS"),
                                IntStream.range(SLOTS * i / size, SLOTS * (i + 1) / size)
                                        .mapToObj(Integer::toString))
                        .toArray(String[]::new));
                // Else two of them may begin with the same epoch, and take a while to find out.
                master.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            }
            RunningRedis first = cluster.masters.getFirst();
            cluster.masters
                    .subList(1, size)
                    .forEach(other -> first.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port())));
            cluster.awaitWhole();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Returns when every master says that all slots are served. */
    public void awaitWhole() {
        Await.until(
                "the cluster is whole",
                Duration.ofSeconds(30),
                () -> masters.stream()
                        .allMatch(master -> master.fieldOf("cluster_state", "CLUSTER", "INFO")
                                        .equals("ok")
                                && master.fieldOf("cluster_known_nodes", "CLUSTER", "INFO")
                                        .equals(Integer.toString(masters.size()))));
    }

    /** With every master as a place to begin at. */
    public String url() {
        return masters.stream()
                .map(master -> "127.0.0.1:" + master.port())
                .collect(Collectors.joining(",", "redis://", ""));
    }

    /** The master that has a key's slot. */
    public RunningRedis ownerOf(String key) {
        String slot = masters.getFirst().command("CLUSTER", "KEYSLOT", key).substring(1);
        return masters.get(IntStream.range(0, masters.size())
                .filter(i -> Integer.parseInt(slot) < SLOTS * (i + 1) / masters.size())
                .findFirst()
                .orElseThrow());
    }

    @Override
    public void close() {
        masters.forEach(RunningRedis::close);
    }
}
