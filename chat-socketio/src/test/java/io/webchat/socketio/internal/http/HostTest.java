package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: a page whose own name resolves to this server (DNS rebinding) does not reach it. */
class HostTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                List.of(),
                new AccessPolicy(
                        new HostPolicy(Set.of("Chat.Example")),
                        new OriginPolicy(Set.of()),
                        new TrustedProxies(Set.of()),
                        BasePath.of("/")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.example | 200",
                "CHAT.example:8080 | 200",
                "chat.example. | 200",
                "localhost | 200",
                "LOCALHOST:9092 | 200",
                "chat.localhost | 200",
                "127.0.0.1:9092 | 200",
                "192.0.2.7 | 200",
                "[::1]:9092 | 200",
                "[2001:db8::7] | 200",
                "evil.example | 403",
                "chat.example.evil.example | 403",
                "xchat.example | 403",
                "127.0.0.1.evil.example | 403",
                "localhost.evil.example | 403",
                "notlocalhost | 403",
                "2130706433 | 403",
                "'' | 400",
                "chat.example:x | 400",
                "chat.example, evil.example | 400",
                "evil.example@chat.example | 400",
                "[::1 | 400",
                "http://chat.example | 400",
            })
    void G13_aForeignHostIsRefused(String host, int status) throws Exception {
        for (String origin : List.of("", "Origin: http://" + host + "\r\n")) {
            try (RawSocket raw = new RawSocket(server.port())) {
                raw.write(
                        "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: " + host + "\r\n" + origin + "\r\n");
                assertThat(raw.head()).startsWith("HTTP/1.1 " + status);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, '', 400",
        "HTTP/1.1, Host: chat.example|Host: chat.example|, 400",
        "HTTP/1.1, Host: chat.example|Host: evil.example|, 400",
        "HTTP/1.0, Host: chat.example|Host: chat.example|, 400",
        "HTTP/1.0, '', 200",
        "HTTP/1.0, Host: evil.example|, 403",
    })
    void aRequestNamesOneHost(String version, String fields, int status) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("GET /socket.io/?EIO=4&transport=polling " + version + "\r\n" + fields.replace("|", "\r\n")
                    + "\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://chat.example", "chat.example:8080", "*.chat.example", "chat example", ""})
    void aHostThatCanNeverMatchIsRefusedAtStart(String host) {
        assertThatThrownBy(() -> new HostPolicy(List.of("friend.example", host)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the host " + host + " can never match");
    }
}
