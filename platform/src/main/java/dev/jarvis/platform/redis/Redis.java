package dev.jarvis.platform.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection to Redis, made in the background and made again whenever it is lost: no start and no request waits for it.
 * Commands are pipelined; each is answered or fails within {@link #PATIENCE}. Thread-safe.
 */
public final class Redis implements AutoCloseable {
    /** What is slower than this is away. */
    public static final Duration PATIENCE = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int MOST_WAITING = 20_000;

    /** Redis is not there, or does not answer in time. */
    public static final class AwayException extends RuntimeException {
        AwayException(String message) {
            super(message, null, false, false);
        }
    }

    private record Line(
            StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {}

    private final RedisAddress address;
    private final Duration patience;
    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final AtomicReference<@Nullable Line> line = new AtomicReference<>();
    private final Thread connecting;

    private Redis(RedisAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(BETWEEN_TRIES))
                .build();
        this.client = address.isCluster() ? clusterClient() : client();
        this.connecting = Thread.ofVirtual().name("redis").start(this::keepConnected);
    }

    /** Begins to connect. Never fails and never waits. */
    public static Redis connect(RedisAddress address) {
        return connect(address, PATIENCE);
    }

    /** @param patience how long an answer may take */
    public static Redis connect(RedisAddress address, Duration patience) {
        return new Redis(address, patience);
    }

    private RedisClient client() {
        RedisClient made = RedisClient.create(resources, address.nodes().getFirst());
        made.setOptions(options(ClientOptions.builder()).build());
        return made;
    }

    private RedisClusterClient clusterClient() {
        RedisClusterClient made = RedisClusterClient.create(resources, address.nodes());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        options(options);
        made.setOptions(options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(Duration.ofSeconds(30))
                        .enableAllAdaptiveRefreshTriggers()
                        .build())
                .build());
        return made;
    }

    private <B extends ClientOptions.Builder> B options(B builder) {
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder().connectTimeout(CONNECT).build())
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands(true)
                        .fixedTimeout(patience)
                        .build());
        return builder;
    }

    private void keepConnected() {
        boolean told = false;
        try {
            while (true) {
                if (line.get() == null) {
                    try {
                        line.set(open());
                        LOG.atInfo().addKeyValue("redis", address).log("Redis is connected");
                        told = false;
                    } catch (RedisException | CompletionException e) {
                        if (!told) {
                            LOG.atWarn()
                                    .addKeyValue("redis", address)
                                    .addKeyValue("reason", e.toString())
                                    .log("Redis cannot be reached; trying on");
                            told = true;
                        }
                    }
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Line open() {
        if (client instanceof RedisClusterClient cluster) {
            cluster.refreshPartitions();
            StatefulRedisClusterConnection<String, String> made = cluster.connect();
            return new Line(made, made.async());
        }
        StatefulRedisConnection<String, String> made = ((RedisClient) client).connect();
        return new Line(made, made.async());
    }

    /**
     * Runs a script, also on a server that does not know it yet. The stage completes on a thread of Redis' own, and fails
     * with {@link AwayException} or with what Redis says.
     */
    public CompletionStage<List<Object>> run(Script script, String[] keys, String... arguments) {
        Line now = line.get();
        if (now == null) {
            return CompletableFuture.failedFuture(new AwayException("Redis is not connected"));
        }
        try {
            return now.commands()
                    .<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments)
                    .exceptionallyCompose(failure -> isUnknown(failure)
                            ? now.commands().eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                            : CompletableFuture.failedFuture(failure));
        } catch (RedisException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }

    /**
     * Gives the connection up and makes another one: it may lead to a server that was demoted, or to nowhere without
     * saying so.
     */
    public void connectAnew() {
        Line before = line.getAndSet(null);
        if (before != null) {
            before.connection().closeAsync();
        }
    }

    /** Where it is, without credentials. */
    public RedisAddress address() {
        return address;
    }

    @Override
    public void close() {
        connecting.interrupt();
        line.set(null);
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        Future<Boolean> ended = resources.shutdown(0, 1, TimeUnit.SECONDS);
        ended.awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
