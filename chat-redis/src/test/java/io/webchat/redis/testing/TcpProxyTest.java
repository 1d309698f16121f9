package io.webchat.redis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The proxy forwards all bytes in order, causes each fault as told, and recovers when it is healed. */
final class TcpProxyTest {
    private final Acceptor echo;
    private final TcpProxy proxy;

    TcpProxyTest() throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = TcpProxy.to("127.0.0.1", listener.getLocalPort());
        echo = new Acceptor(listener, client -> ProxiedConnection.startDaemon("echo-one", () -> answer(client)));
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException cut) {
            // These tests check the client's side of a cut connection.
            return;
        }
    }

    @AfterEach
    void close() {
        proxy.close();
        echo.close();
    }

    @Test
    void allBytesArriveInOrderBeforeTheEnd() throws IOException {
        byte[] much = new byte[1_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31);
        }
        try (Socket client = connect()) {
            ProxiedConnection.startDaemon("sender", () -> send(client, much));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
        }
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCutConnectionIsReset() throws IOException {
        try (Socket client = connect()) {
            assertThat(said(client, "a")).isEqualTo("a");
            proxy.cutAll();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        try (Socket next = connect()) {
            assertThat(said(next, "b")).isEqualTo("b");
        }
    }

    @RepeatedTest(20)
    void newConnectionsAreRefusedUntilHealed() throws IOException {
        try (Socket before = connect()) {
            assertThat(said(before, "a")).isEqualTo("a");
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            assertThat(said(before, "b")).isEqualTo("b");
        }
        proxy.heal();
        try (Socket after = connect()) {
            assertThat(said(after, "c")).isEqualTo("c");
        }
    }

    @Test
    void answersAreHeldUntilHealed() throws IOException {
        try (Socket client = connect()) {
            proxy.blackHole(Direction.TO_CLIENT);
            client.setSoTimeout(100);
            assertThatThrownBy(() -> said(client, "a")).isInstanceOf(SocketTimeoutException.class);

            proxy.heal();
            client.setSoTimeout(30_000);
            assertThat(said(client, "b")).isEqualTo("a");
        }
    }

    @Test
    void bytesAreDelayedInBothDirections() throws IOException {
        try (Socket client = connect()) {
            said(client, "a");
            proxy.delay(Duration.ofMillis(100));
            long before = System.nanoTime();
            assertThat(said(client, "b")).isEqualTo("b");
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(30));
        }
    }

    @Test
    void oneConnectionIsClosedAfterSomeBytes() throws IOException {
        proxy.closeAfter(Direction.TO_CLIENT, 3);
        try (Socket client = connect()) {
            client.getOutputStream().write("abcdef".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("abc");
        }
        try (Socket next = connect()) {
            assertThat(said(next, "x")).isEqualTo("x");
        }
    }

    @RepeatedTest(20)
    void onlyTheClosedConnectionLosesBytes() throws IOException {
        try (Socket one = connect();
                Socket other = connect()) {
            proxy.closeAfter(Direction.TO_SERVER, 1);
            one.getOutputStream().write("ab".getBytes(StandardCharsets.US_ASCII));
            other.getOutputStream().write("cd".getBytes(StandardCharsets.US_ASCII));
            one.shutdownOutput();
            other.shutdownOutput();
            // One client's bytes arrive in full, and one byte of the other's. The echo of that byte may be lost.
            assertThat(answers(one) + "," + answers(other)).matches("a?,cd|ab,c?");
        }
    }

    private static String answers(Socket client) throws IOException {
        try {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    @RepeatedTest(20)
    void aCutConnectionLeavesNoThread() throws IOException {
        proxy.blackHole(Direction.TO_SERVER);
        try (Socket client = connect()) {
            client.getOutputStream().write('a');
            Awaitility.await().until(() -> streamThreads() > 0);
            proxy.cutAll();
            Awaitility.await().until(() -> streamThreads() == 0);
        }
    }

    private static long streamThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("proxy-(read|write)-.*"))
                .count();
    }

    @Test
    void aClientIsCutIfTheServerIsDown() throws IOException {
        echo.close();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(30_000);
        return client;
    }

    private static String said(Socket client, String word) throws IOException {
        client.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
        return new String(client.getInputStream().readNBytes(word.length()), StandardCharsets.US_ASCII);
    }
}
