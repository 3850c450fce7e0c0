package dev.jarvis.testkit.proxy;

import dev.jarvis.testkit.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class FaultProxyTest {
    private ServerSocket echo;
    private FaultProxy proxy;

    FaultProxyTest() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.before(echo.getLocalPort());
    }

    @BeforeEach
    void startEcho() {
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> {
                        try (socket) {
                            socket.getInputStream().transferTo(socket.getOutputStream());
                        } catch (IOException reset) {
                            assertThat(reset).isInstanceOf(SocketException.class);
                        }
                    });
                } catch (IOException closed) {
                    assertThat(echo.isClosed()).isTrue();
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", proxy.port());
    }

    @Test
    void keepsWhatPassedWhenItIsToldTo() throws IOException {
        proxy.record();
        try (Socket socket = connect()) {
            socket.getOutputStream().write("there and back".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
        assertThat(proxy.recorded()).containsExactly("there and back", "there and back");
    }

    @Test
    void passesEverythingOnInSlicesAndCountsIt() throws IOException {
        proxy.toServer(Faults.NONE.slices(3)).toClient(Faults.NONE.slices(5));
        byte[] sent = new byte[4096];
        try (Socket socket = connect()) {
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).hasSize(4096);
        }
        assertThat(proxy.bytesToServer()).isEqualTo(4096);
        assertThat(proxy.bytesToClient()).isEqualTo(4096);
        Await.until("the link ends", () -> proxy.open() == 0);
    }

    @Test
    void resetsAfterTheAllowedBytes() throws IOException {
        proxy.toClient(Faults.NONE.cutAfter(10, Faults.Cut.RESET));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[100]);
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.bytesToClient()).isEqualTo(10);
    }

    @Test
    void closesOneDirectionAndKeepsTheOther() throws IOException {
        proxy.toServer(Faults.NONE.cutAfter(5, Faults.Cut.HALF_CLOSE));
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[50]);
            assertThat(socket.getInputStream().readAllBytes()).hasSize(5);
        }
    }

    @Test
    void stallsAndFlowsAgain() throws IOException {
        try (Socket socket = connect()) {
            Await.until("the link stands", () -> proxy.open() == 1);
            proxy.stall();
            socket.getOutputStream().write(7);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
            socket.setSoTimeout(10_000);
            proxy.flow();
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void resetsOpenConnectionsAndRefusesNewOnes() throws IOException {
        try (Socket socket = connect()) {
            Await.until("the link stands", () -> proxy.open() == 1);
            proxy.resetAll();
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        proxy.refuse(true);
        assertThatThrownBy(() -> {
                    try (Socket refused = connect()) {
                        refused.getOutputStream().write(1);
                        refused.getInputStream().readAllBytes();
                    }
                })
                .isInstanceOf(SocketException.class);
        assertThat(proxy.refused()).isEqualTo(1);
    }

    @Test
    void anOpenConnectionCanBeMadeSlowAndQuickAgain() throws IOException {
        try (Socket socket = connect()) {
            assertThat(millisOfAnEcho(socket)).isLessThan(2_000);
            proxy.lag(Duration.ofMillis(300));
            assertThat(millisOfAnEcho(socket)).isGreaterThanOrEqualTo(300);
            proxy.lag(Duration.ZERO);
            assertThat(millisOfAnEcho(socket)).isLessThan(2_000);
        }
    }

    private static long millisOfAnEcho(Socket socket) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write('x');
        assertThat(socket.getInputStream().read()).isEqualTo('x');
        return (System.nanoTime() - start) / 1_000_000;
    }
}
