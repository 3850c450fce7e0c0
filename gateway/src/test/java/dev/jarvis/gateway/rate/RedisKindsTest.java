package dev.jarvis.gateway.rate;

import dev.jarvis.testkit.Await;
import dev.jarvis.testkit.database.RedisCluster;
import dev.jarvis.testkit.database.RedisSentinel;
import dev.jarvis.testkit.database.RunningRedis;
import dev.jarvis.testkit.proxy.FaultProxy;
import dev.jarvis.testkit.tls.SelfSigned;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code JARVIS_REDIS_URL} can name beside one server, each a real one: a cluster, Sentinel, a server that speaks TLS. */
class RedisKindsTest {
    private static final long U = RateLimit.UNLIMITED;

    @TempDir
    Path directory;

    @Test
    void aClusterCountsAllLimitsOfARequestOnOneOfItsMasters() {
        try (RedisCluster cluster = RedisCluster.start(3, directory);
                RateNodes nodes = RateNodes.on(cluster.url(), 3)) {
            RateClaim key =
                    new RateClaim(new RateSubject(RateScope.CALLER_KEY, new UUID(1, 2)), new RateLimit(50, U, 9));
            assertThat(nodes.ask(0, 10, nodes.claim(U, 1_000, 3), key)).isInstanceOf(RateAnswer.Granted.class);
            assertThat(nodes.admitted(150, nodes.claim(30, U, U))).isEqualTo(29);
            assertThat(cluster.ownerOf(nodes.keys().epoch())
                            .command("HGET", nodes.keys().minute(nodes.user()), "r"))
                    .isEqualTo("$2");
        }
    }

    @Test
    @Tag("chaos")
    void b12_aClusterThatLostTheMasterOfTheLimitsIsToldThemWhenItIsBack() {
        try (RedisCluster cluster = RedisCluster.start(3, directory);
                RateNodes nodes = RateNodes.on(cluster.url(), 3)) {
            assertThat(nodes.admitted(30, nodes.claim(60, U, U))).isEqualTo(30);
            RunningRedis owner = cluster.ownerOf(nodes.keys().epoch());

            owner.kill();
            nodes.awaitAlone();
            int alone = nodes.admitted(300, nodes.claim(60, U, U));
            assertThat(alone).isBetween(1, 30);
            owner.startAgain();
            cluster.awaitWhole();
            nodes.awaitShared();

            assertThat(30 + alone + nodes.admitted(300, nodes.claim(60, U, U)))
                    .as("it is told what its dead self knew")
                    .isEqualTo(60);
        }
    }

    @Test
    void b12_sentinelLeadsToTheReplicaOfAPrimaryThatDied() {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RateNodes nodes = RateNodes.on(sentinel.url(), 3)) {
            failsOver(sentinel, nodes, sentinel.primary()::kill);
        }
    }

    /** Its connections stay open: only silence tells that it is gone. */
    @Test
    @Tag("chaos")
    void b12_sentinelLeadsToTheReplicaOfAPrimaryThatStandsStill() {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RateNodes nodes = RateNodes.on(sentinel.url(), 3)) {
            failsOver(sentinel, nodes, sentinel.primary()::pause);

            sentinel.primary().resume();
            sentinel.awaitReplica(sentinel.primary());
            nodes.assertCountedTogether();
        }
    }

    private static void failsOver(RedisSentinel sentinel, RateNodes nodes, Runnable failure) {
        RateClaim limit = nodes.claim(100, U, U);
        assertThat(nodes.admitted(60, limit)).isEqualTo(60);
        Await.until(
                "the replica has it",
                () -> sentinel.replica()
                        .command("HSTRLEN", nodes.keys().minute(nodes.user()), "r")
                        .equals(":2"));

        failure.run();
        nodes.awaitAlone();
        int alone = nodes.admitted(600, limit);
        sentinel.awaitPrimary(sentinel.replica());
        nodes.awaitShared();

        assertThat(60 + alone).isBetween(61, 100);
        assertThat(60 + alone + nodes.admitted(600, limit)).isEqualTo(100);
        assertThat(sentinel.replica().command("EXISTS", nodes.keys().minute(nodes.user())))
                .isEqualTo(":1");
        nodes.assertCountedTogether();
    }

    /** Java's own trust store decides, as everywhere: {@code -Djavax.net.ssl.trustStore} in {@code JARVIS_JAVA_OPTS}. */
    @Test
    void tlsIsSpokenToAServerWhoseCertificateIsTrustedAndToNoOther() throws IOException {
        SelfSigned known = SelfSigned.create();
        Path trusted = directory.resolve("trusted.p12");
        known.writeTrustStore(trusted, "changeit");
        int port = RunningRedis.freePort();
        int strangersPort = RunningRedis.freePort();
        System.setProperty("javax.net.ssl.trustStore", trusted.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try (RunningRedis server = serverWithTls(port, known);
                RunningRedis stranger = serverWithTls(strangersPort, SelfSigned.create());
                FaultProxy toStranger = FaultProxy.before(strangersPort);
                RateNodes deceived = new RateNodes("rediss://127.0.0.1:" + toStranger.port(), 1);
                RateNodes nodes = RateNodes.on("rediss://127.0.0.1:" + port, 2)) {
            assertThat(nodes.admitted(40, nodes.claim(10, U, U))).isEqualTo(10);
            assertThat(server.command("HGET", nodes.keys().minute(nodes.user()), "r"))
                    .isEqualTo("$2");

            Await.until("it has tried twice", () -> toStranger.accepted() >= 2);
            assertThat(deceived.first().problem()).isPresent();
            assertThat(stranger.command("DBSIZE")).isEqualTo(":0");
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    private RunningRedis serverWithTls(int port, SelfSigned identity) throws IOException {
        Path certificate = Files.writeString(directory.resolve(port + ".pem"), identity.certificatePem());
        Path key = Files.writeString(directory.resolve(port + ".key"), identity.keyPem());
        return RunningRedis.start(
                "tls-port " + port, "tls-cert-file " + certificate, "tls-key-file " + key, "tls-auth-clients no");
    }
}
