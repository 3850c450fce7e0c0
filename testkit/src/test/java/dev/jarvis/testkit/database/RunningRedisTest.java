package dev.jarvis.testkit.database;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningRedisTest {
    @Test
    void answersOnLoopback() throws IOException {
        try (RunningRedis redis = RunningRedis.start();
                Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(7), StandardCharsets.US_ASCII))
                    .isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void standsStillGoesOnAndIsEmptyAfterAKill() throws IOException {
        try (RunningRedis redis = RunningRedis.start();
                Socket socket = new Socket("127.0.0.1", redis.port())) {
            assertThat(redis.command("SET", "key", "value")).isEqualTo("+OK");

            redis.pause();
            socket.setSoTimeout(300);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            redis.resume();
            socket.setSoTimeout(15_000);
            assertThat(socket.getInputStream().read()).isEqualTo('+');

            redis.kill();
            assertThatThrownBy(() -> redis.command("PING")).hasMessageContaining("refused");
            redis.startAgain();
            assertThat(redis.command("EXISTS", "key")).isEqualTo(":0");
        }
    }
}
