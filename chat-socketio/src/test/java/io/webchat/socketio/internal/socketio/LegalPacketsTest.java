package io.webchat.socketio.internal.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import io.webchat.socketio.testkit.WebSocketClient;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet that the protocol allows never closes the connection. It is handled, or refused by an answer. */
class LegalPacketsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.log.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"error\"", "\"data\"", "\"\"", "\"__proto__\"", "\"ping\"", "0", "7", "-1.5e3"})
    void everyEventNameThatClientsMaySendArrives(String name) throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42[" + name + ",1]");

        assertLives(socket);
        assertThat(server.log).contains("event " + name.replace("\"", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 16, 17, 100})
    void manyArgumentsArriveOrAreRefusedByName(int count) throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);
        String arguments = IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));

        socket.send("425[\"message-with-ack\"," + arguments + "]");
        socket.send("435[" + arguments + "]");

        assertLives(socket);
        assertThat(server.log)
                .contains(count < 16 ? "event message-with-ack" : "unsupported 5 an event may have 15 arguments")
                .anyMatch(each -> each.startsWith("ack 5 [0"));
    }

    static Stream<String> beyondALimit() {
        return Stream.of(
                "[".repeat(40) + "]".repeat(40),
                "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000),
                "9".repeat(1_001),
                "1." + "9".repeat(1_001),
                "{\"" + "a".repeat(70_000) + "\":1}");
    }

    @ParameterizedTest
    @MethodSource("beyondALimit")
    void jsonBeyondALimitIsRefusedByName(String json) throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("429[\"message-with-ack\"," + json + "]");
        socket.send("429[" + json + "]");
        socket.send("433[" + json + "]");

        assertLives(socket);
        assertThat(server.log).anyMatch(each -> each.startsWith("unsupported 9 "));
        assertThat(server.log).doesNotContain("event message-with-ack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[,40", "{\"a\":,1000", "9,1001"})
    void authBeyondALimitIsRefusedByAnAnswer(String repeated) throws Exception {
        String[] part = repeated.split(",", -1);
        WebSocketClient socket = WebSocketClient.open(server.ws("EIO=4&transport=websocket"));

        socket.send("40{\"token\":" + part[0].repeat(Integer.parseInt(part[1])));

        assertThat(socket.next()).startsWith("0{");
        assertThat(socket.next())
                .startsWith("44{\"message\":\"auth: JSON may have 32 levels")
                .contains("\"code\":\"bad_request\"");
        assertThat(server.log).noneMatch(each -> each.startsWith("connect"));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 200})
    void manyPacketsInOnePayloadArrive(int count) throws Exception {
        for (int version : new int[] {3, 4}) {
            server.log.clear();
            String session = TestHttp.session(server, version);
            if (version == 4) {
                TestHttp.send("POST", server.http(session), "40");
            }
            assertThat(TestHttp.get(server.http(session)).body()).contains("40");
            String packet = "42[\"message\",1]";
            String payload = IntStream.range(0, count)
                    .mapToObj(i -> version == 4 ? packet : packet.length() + ":" + packet)
                    .collect(Collectors.joining(version == 4 ? "\u001e" : ""));

            assertThat(TestHttp.send("POST", server.http(session), payload).statusCode())
                    .isEqualTo(200);

            assertThat(server.log.stream().filter("event message"::equals)).hasSize(count);
        }
    }

    @Test
    void aClosedConnectionIsToldWhy() throws Exception {
        WebSocketClient socket = WebSocketClient.connected(server);

        socket.send("42[\"message\"");

        assertThat(socket.closed()).isEqualTo(1002);
        assertThat(socket.closeReason()).isEqualTo("malformed JSON");
    }

    private static void assertLives(WebSocketClient socket) throws Exception {
        socket.send("42[\"message\",\"lives\"]");
        assertThat(socket.nextMessage()).satisfies(next -> {
            String last = next.startsWith("43") ? socket.nextMessage() : next;
            assertThat(last).isEqualTo("42[\"message-back\",\"lives\"]");
        });
    }
}
