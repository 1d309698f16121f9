package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.webchat.socketio.internal.socketio.SocketIoConnection;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Defect 13: a client that does not read. */
@Isolated("measures the memory of the whole JVM")
class BackpressureTest {
    private static final byte[] BIG = ("\"" + "x".repeat(10_000) + "\"").getBytes(StandardCharsets.UTF_8);

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void defect13AClientThatDoesNotReadIsClosedAtTheLimit() throws Exception {
        try (RawSocket raw = silent()) {
            SocketIoConnection connection = server.handlers.element().connection();
            long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

            for (int i = 0; i < 30_000; i++) {
                connection.emit("big", BIG, SocketIoConnection.NO_ACK);
            }

            await().untilAsserted(() -> assertThat(server.log).contains("close SLOW"));
            assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
                    .isLessThan(64L << 20);
            assertThat(connection.isOpen()).isFalse();
            assertThat(raw.read(1)).isNotEmpty();
        }
    }

    @Test
    void defect13AStalledClientIsClosedInTime() throws Exception {
        server.close();
        server = TestServer.start(timeouts -> timeouts.withStall(Duration.ofMillis(500)));
        try (RawSocket raw = silent()) {
            SocketIoConnection connection = server.handlers.element().connection();

            fill(connection);

            assertThat(connection.isWritable()).isFalse();
            await().untilAsserted(() -> assertThat(server.log).contains("close SLOW"));
            assertThat(raw.read(1)).isNotEmpty();
        }
    }

    @Test
    void aClientThatReadsOnMakesTheConnectionWritable() throws Exception {
        try (RawSocket raw = silent()) {
            SocketIoConnection connection = server.handlers.element().connection();
            fill(connection);

            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                raw.read(50_000);
                return connection.isWritable();
            });

            await().untilAsserted(() -> assertThat(server.log).contains("writable"));
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void defect13AClientThatDoesNotPollIsClosedAtTheLimit() throws Exception {
        String session = TestHttp.session(server, 4);
        TestHttp.send("POST", server.http(session), "40");
        TestHttp.get(server.http(session));
        SocketIoConnection connection = server.handlers.element().connection();
        // The client gets the answer to its CONNECT a moment before the server may emit.
        await().until(connection::isOpen);

        for (int i = 0; i < 200; i++) {
            connection.emit("big", BIG, SocketIoConnection.NO_ACK);
        }

        await().untilAsserted(() -> assertThat(server.log).contains("close SLOW"));
        assertThat(TestHttp.get(server.http(session)).statusCode()).isEqualTo(400);
    }

    /** A connected client that reads nothing by itself. */
    private RawSocket silent() throws Exception {
        RawSocket raw = new RawSocket(server.port(), 4096);
        raw.webSocket();
        raw.text("40");
        await().until(() -> !server.handlers.isEmpty()
                && server.log.contains("connect {}")
                && server.handlers.element().connection().isOpen());
        return raw;
    }

    /** Emits until the connection asks to wait. */
    private static void fill(SocketIoConnection connection) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            connection.emit("big", BIG, SocketIoConnection.NO_ACK);
            return !connection.isWritable();
        });
        for (int i = 0; i < 20; i++) {
            connection.emit("big", BIG, SocketIoConnection.NO_ACK);
        }
    }
}
