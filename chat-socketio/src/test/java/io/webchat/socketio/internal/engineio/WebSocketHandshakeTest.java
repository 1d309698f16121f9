package io.webchat.socketio.internal.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The websocket handshake: subprotocols are answered as the official server does, improper requests get 400. */
class WebSocketHandshakeTest {
    private static final String REQUEST = """
            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
            Host: x
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            %s

            """;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String answer(String request) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(request.replace("\n", "\r\n"));
            return raw.head();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"chat;chat", "chat, v2;chat", "a.b,c;a.b", "'  x  ,y';x"})
    void theFirstSubprotocolThatTheClientOffersIsTaken(String offered, String taken) throws Exception {
        String head = answer(REQUEST.formatted("Sec-WebSocket-Protocol: " + offered));

        assertThat(head).startsWith("HTTP/1.1 101");
        assertThat(head.toLowerCase(Locale.ROOT)).contains("sec-websocket-protocol: " + taken + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", ",", "a b", "a,a", "\u00e9", "a;b"})
    void malformedSubprotocolsAreRefused(String offered) throws Exception {
        assertThat(answer(REQUEST.formatted("Sec-WebSocket-Protocol: " + offered)))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive", "X: y"})
    void anUpgradeWithoutItsConnectionFieldIsRefused(String connection) throws Exception {
        String request = REQUEST.formatted("Origin: http://x").replace("Connection: Upgrade", connection);

        assertThat(answer(request)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive, Upgrade", "connection: upgrade"})
    void theConnectionFieldMayNameMore(String connection) throws Exception {
        String request = REQUEST.formatted("X: y").replace("Connection: Upgrade", connection);

        assertThat(answer(request)).startsWith("HTTP/1.1 101");
    }
}
