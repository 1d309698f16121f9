package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.testkit.WebSocketClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire protocol, frame by frame. */
class ChatWireProtocolTest {
    private static final Pattern SEQ = Pattern.compile("\"Seq\":(\\d+)");

    private ChatTestServer server;

    @BeforeEach
    void start() {
        server = new ChatTestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String message(String from, String to, String id, String text) {
        return "{\"EvtType\":\"message\",\"From\":\"" + from + "\",\"To\":\"" + to + "\",\"MsgID\":\"" + id
                + "\",\"Timestamp\":1,\"Text\":\"" + text + "\"}";
    }

    @Test
    void aMessageIsAcknowledgedDeliveredAndConfirmedByTheAckCallback() throws Exception {
        WebSocketClient bob = server.connect("bob", "");
        WebSocketClient alice = server.connect("alice", "");

        alice.send("427[\"chat\"," + message("alice", "bob", "m1", "hi") + "]");

        assertThat(alice.next())
                .matches("437\\[\\{\"ok\":true,\"MsgID\":\"m1\",\"StoredAt\":\\d{13},\"Duplicate\":false}]");
        String delivered = bob.next();
        assertThat(delivered)
                .matches("42\\d{1,10}\\[\"chat\",\\{\"EvtType\":\"message\".*\"Text\":\"hi\".*\"Seq\":\\d+.*}]");
        String ackId = delivered.substring(2, delivered.indexOf('['));
        assertThat(Long.parseLong(ackId)).isLessThan(1L << 31);
        bob.send("43" + ackId + "[]");
        assertThat(alice.next())
                .startsWith("42[\"chat\",{\"EvtType\":\"delivery\",\"From\":\"bob\",\"To\":\"alice\"")
                .contains("\"MsgID\":\"m1\"");
    }

    @Test
    void aMessageIsConfirmedByADeliveryEvent() throws Exception {
        WebSocketClient bob = server.connect("bob", "");
        WebSocketClient alice = server.connect("alice", "");
        alice.send("42[\"chat\"," + message("alice", "bob", "m1", "hi") + "]");
        bob.next();

        bob.send("42[\"chat\",{\"EvtType\":\"delivery\",\"From\":\"bob\",\"To\":\"alice\",\"MsgID\":\"m1\"}]");
        bob.send("425[\"chat\",{\"EvtType\":\"display\",\"From\":\"bob\",\"To\":\"alice\",\"MsgID\":\"m1\"}]");

        assertThat(alice.next()).contains("\"EvtType\":\"delivery\"");
        assertThat(alice.next()).contains("\"EvtType\":\"display\"");
        assertThat(bob.next()).startsWith("435[{\"ok\":true");
    }

    @Test
    void aStringThatHoldsTheJsonIsTaken() throws Exception {
        WebSocketClient alice = server.connect("alice", "");
        String quoted =
                message("alice", "bob", "m1", "\\u00e9").replace("\\", "\\\\").replace("\"", "\\\"");

        alice.send("421[\"chat\",\"" + quoted + "\"]");

        assertThat(alice.next()).startsWith("431[{\"ok\":true,\"MsgID\":\"m1\"");
        assertThat(server.connect("bob", "").next()).contains("\"Text\":\"\u00e9\"");
    }

    @Test
    void G18_aStringThatHoldsHalfASurrogatePairIsRefused() throws Exception {
        WebSocketClient alice = server.connect("alice", "");
        String quoted = message("alice", "bob", "m1", "half").replace("\"", "\\\"");

        alice.send("421[\"chat\",\"" + quoted.replace("half", "\\ud83d") + "\"]");

        assertThat(alice.next())
                .startsWith("431[{\"ok\":false")
                .contains("\"Code\":\"bad_request\",\"Detail\":\"the event contains half a surrogate pair\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; bad_request",
                "{\"EvtType\":\"nonsense\"}; bad_request",
                "1; bad_request",
                "[]; bad_request",
                "\"not json\"; bad_request",
                "\"[]\"; bad_request",
                "null; bad_request",
                "{\"EvtType\":\"message\",\"From\":\"eve\",\"To\":\"bob\",\"MsgID\":\"m\",\"Text\":\"x\"}; forbidden",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"Text\":\"x\"}; bad_request",
                "{\"EvtType\":\"delivery\",\"To\":\"bob\",\"MsgID\":\"never\"}; not_found",
                "{\"EvtType\":\"failed\",\"To\":\"bob\"}; bad_request",
            })
    void aRefusalIsAnsweredAndTheConnectionGoesOn(String argument, String code) throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        alice.send("423[\"chat\"," + argument + "]");
        assertThat(alice.next())
                .startsWith("433[{\"ok\":false")
                .contains("\"Code\":\"" + code + "\",\"Detail\":\"")
                .contains("\"Retry\":false");
        alice.send("42[\"chat\"," + argument + "]");
        assertThat(alice.next())
                .startsWith("42[\"chat\",{\"EvtType\":\"failed\",\"To\":\"alice\"")
                .contains("\"Code\":\"" + code + "\"");

        alice.send("424[\"chat\"," + message("alice", "bob", "m2", "x") + "]");
        assertThat(alice.next()).startsWith("434[{\"ok\":true");
    }

    @Test
    void aTooLargeTextIsRefusedWithItsMessageId() throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        alice.send("423[\"chat\"," + message("alice", "bob", "m1", "x".repeat(16 * 1024 + 1)) + "]");

        assertThat(alice.next()).contains("\"MsgID\":\"m1\",\"Code\":\"too_large\"");
    }

    @Test
    void G18_dataArriveByteByByteAndTheOriginalClientFindsAText() throws Exception {
        WebSocketClient bob = server.connect("bob", "");
        WebSocketClient alice = server.connect("alice", "");
        String data = "{ \"n\" : 1.50, \"t\":\"\\u00e9\", \"m\":2 }";

        alice.send("421[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":1,"
                + "\"Type\":\"shop.order\",\"Data\":" + data + "}]");

        assertThat(alice.next()).startsWith("431[{\"ok\":true");
        assertThat(bob.next())
                .contains("\"Timestamp\":1,\"Type\":\"shop.order\",\"Text\":\"\",\"Data\":" + data + ",\"Seq\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"Mood\":1; bad_request; unknown field Mood",
                "\"Data\":[]; bad_request; Data must be a JSON object",
                "\"Data\":{\"n\":1,\"n\":2}; bad_request; Data has the name n twice in one object",
                "\"Data\":{\"n\":999999999999999999999999999999999}; bad_request; "
                        + "Data has a number of 33 digits, the limit is 32",
                "\"Type\":\"system.x\"; forbidden; a Type that begins with system. is the host's",
                "\"Mentions\":[\"carol\"]; bad_request; Mentions names carol, who is not in the conversation"
            })
    void G18_aFieldThatCannotBeKeptIsRefusedByName(String field, String code, String detail) throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        alice.send(
                "423[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\"," + field + "}]");

        assertThat(alice.next()).contains("\"MsgID\":\"m1\",\"Code\":\"" + code + "\",\"Detail\":\"" + detail + "\"");
    }

    @Test
    void G18_dataAtTheLimitAreTakenAndOneByteMoreIsRefused() throws Exception {
        WebSocketClient alice = server.connect("alice", "");
        String most = message("alice", "bob", "m1", "x")
                .replace("}", ",\"Data\":{\"a\":\"" + "x".repeat(8 * 1024 - 8) + "\"}}");

        alice.send("421[\"chat\"," + most + "]");
        assertThat(alice.next()).startsWith("431[{\"ok\":true");
        alice.send("422[\"chat\"," + most.replace("xx\"", "xxx\"") + "]");
        assertThat(alice.next())
                .contains("\"Code\":\"too_large\",\"Detail\":\"Data has 8193 bytes, the limit is 8192\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42[\"nonsense\"]", "42[\"chat\"]", "42[\"join\",\"alice\"]", "451-[\"chat\",{}]"})
    void otherEventsAreRefused(String packet) throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        alice.send(packet);

        assertThat(alice.next()).contains("\"EvtType\":\"failed\"").contains("\"Code\":\"bad_request\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "; unauthorized",
                "{}; unauthorized",
                "{\"token\":null}; unauthorized",
                "{\"token\":\"wrong\"}; unauthorized",
                "{\"token\":\"throw\"}; unauthorized",
                "{\"token\":\"token-\"}; unauthorized",
                "{\"token\":\"down\"}; unavailable",
                "{\"token\":1}; bad_request",
                "{\"token\":\"token-a\",\"device\":\"no such/device\"}; bad_request",
                "{\"token\":\"token-a\",\"after\":-1}; bad_request",
                "{\"token\":\"token-a\",\"after\":99999999999999999}; bad_request",
            })
    void unauthenticatedClientsAreRefused(String auth, String code) throws Exception {
        WebSocketClient socket = WebSocketClient.open(server.ws(4, ""));
        socket.next();

        socket.send("40" + (auth == null ? "" : auth));

        assertThat(socket.next()).startsWith("44{\"message\":\"").endsWith("\",\"data\":{\"code\":\"" + code + "\"}}");
        assertThat(socket.closed()).isEqualTo(1008);
    }

    @Test
    void messagesWaitForAnOfflineClientAndAfterConfirmsThem() throws Exception {
        WebSocketClient alice = server.connect("alice", "");
        for (int i = 1; i <= 3; i++) {
            alice.send("42[\"chat\"," + message("alice", "bob", "m" + i, "x") + "]");
        }
        WebSocketClient bob = server.connect("bob", "");
        assertThat(bob.next()).contains("\"MsgID\":\"m1\"");
        long second = seq(bob.next());
        bob.next();
        bob.abort();

        WebSocketClient again = server.connect("bob", ",\"after\":" + second);

        assertThat(again.next()).contains("\"MsgID\":\"m3\"");
    }

    private static long seq(String packet) {
        Matcher matcher = SEQ.matcher(packet);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void anotherSessionOfTheSameDeviceReplacesTheFirst() throws Exception {
        WebSocketClient first = server.connect("alice", "");
        WebSocketClient other = server.connect("alice", ",\"device\":\"phone\"");

        WebSocketClient second = server.connect("alice", "");

        assertThat(first.next()).contains("\"EvtType\":\"replaced\"");
        assertThat(first.next()).isEqualTo("41");
        assertThat(first.closed()).isEqualTo(1006);
        second.send("421[\"chat\"," + message("alice", "bob", "m1", "x") + "]");
        assertThat(second.next()).startsWith("431[{\"ok\":true,\"MsgID\":\"m1\",\"Seq\":");
        assertThat(other.next()).contains("\"FromDevice\":\"default\"");
    }

    @Test
    void legacyClientsJoinAndSend() throws Exception {
        WebSocketClient one = WebSocketClient.open(server.ws(3, ""));
        one.next();
        assertThat(one.next()).isEqualTo("40");
        one.send("42[\"chat\",\"{}\"]");
        assertThat(one.next())
                .isEqualTo("42[\"chat\",{\"EvtType\":\"failed\",\"Code\":\"unauthorized\",\"Detail\":\"join first\"}]");
        one.send("42[\"join\",\"5551\"]");
        one.send("42[\"join\",\"5551\"]");
        one.send("42[\"chat\",\""
                + "{'EvtType':'message','From':'5551','To':'5552','Timestamp':1,'Text':'hi'}".replace("'", "\\\"")
                + "\"]");
        WebSocketClient two = WebSocketClient.open(server.ws(3, ""));
        two.next();
        two.next();
        two.send("421[\"join\",\"5552\"]");

        assertThat(two.next()).as("the answer comes before what waited").isEqualTo("431[{\"ok\":true}]");
        assertThat(two.next())
                .contains("\"From\":\"5551\",\"To\":\"5552\",\"MsgID\":\"")
                .contains("\"Text\":\"hi\"");
        one.send("422[\"join\",\"5552\"]");
        assertThat(one.next()).startsWith("432[{\"ok\":false,\"Code\":\"forbidden\"");
    }

    @Test
    void aTokenInTheQueryIsTakenAndJoinIsNotNeeded() throws Exception {
        WebSocketClient one = WebSocketClient.open(server.ws(3, "&token=token-alice&device=old"));
        one.next();
        assertThat(one.next()).isEqualTo("40");

        one.send("421[\"chat\"," + message("alice", "bob", "m1", "x") + "]");

        assertThat(one.next()).startsWith("431[{\"ok\":true");
    }

    @Test
    void withoutJoiningInTimeAndWhereJoinIsNotAllowedSessionsEnd() throws Exception {
        try (ChatTestServer strict = new ChatTestServer(builder -> builder.legacyJoin(false));
                ChatTestServer quick = new ChatTestServer(builder -> builder.connectTimeout(Duration.ofSeconds(1)))) {
            WebSocketClient refused = WebSocketClient.open(strict.ws(3, ""));
            assertThat(refused.next()).startsWith("0");
            assertThat(refused.next()).isEqualTo("44\"a token is required\"");

            WebSocketClient joined = joinedInTime(quick);
            WebSocketClient late = WebSocketClient.open(quick.ws(3, ""));

            assertThat(late.closed()).isEqualTo(1008);
            assertThat(joined.isClosed()).isFalse();
        }
    }

    /** Joins; again where a busy machine needs longer than the connect time-out. */
    private static WebSocketClient joinedInTime(ChatTestServer server) throws Exception {
        while (true) {
            WebSocketClient client = WebSocketClient.open(server.ws(3, ""));
            client.send("420[\"join\",\"alice\"]");
            assertThat(client.next()).startsWith("0");
            assertThat(client.next()).isEqualTo("40");
            if (client.nextOrEnd().startsWith("430")) {
                return client;
            }
        }
    }

    @Test
    void G14_aDrainTellsClientsAnswersWhatItTookAndThenCloses() throws Exception {
        WebSocketClient alice = server.connect("alice", "");
        for (int i = 0; i < 500; i++) {
            alice.send("42" + i + "[\"chat\"," + message("alice", "bob", "m" + i, "x") + "]");
        }

        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> server.server.close(Duration.ofSeconds(60)));
        // All requests are answered, so that the drain ends long before its time is up.
        closing.get(30, TimeUnit.SECONDS);

        assertThat(alice.closed()).isEqualTo(1006);
        List<String> packets = alice.drained();
        assertThat(packets).anyMatch(packet -> packet.contains("\"EvtType\":\"draining\""));
        Set<String> delivered = ConcurrentHashMap.newKeySet();
        server.chat.open(UserId.of("bob"), (session, envelope) -> {
            if (envelope.event() instanceof ChatEvent.Message message) {
                delivered.add(message.id().value());
                session.confirm(envelope.seq());
            }
        });
        List<String> acknowledged = packets.stream()
                .filter(packet -> packet.startsWith("43") && packet.contains("\"ok\":true"))
                .map(packet -> packet.replaceAll(".*\"MsgID\":\"(m\\d+)\".*", "$1"))
                .toList();
        await().untilAsserted(() -> assertThat(delivered).containsAll(acknowledged));
        assertThatThrownBy(() -> WebSocketClient.open(server.ws(4, ""))).isNotNull();
    }

    @Test
    void aChatThatClosesTakesItsConnectionsAlong() throws Exception {
        WebSocketClient alice = server.connect("alice", "");

        server.chat.close(Duration.ofSeconds(1));

        assertThat(alice.next()).contains("\"EvtType\":\"draining\"");
        assertThat(alice.closed()).isEqualTo(1006);
    }

    @Test
    void everyFaultOfTheSettingsIsReportedAtOnce() {
        try (Chat chat = Chat.inMemory()) {
            assertThatThrownBy(() -> SocketIoServer.builder(chat)
                            .port(-1)
                            .pingInterval(Duration.ZERO)
                            .route("GET", "x", request -> new CompletableFuture<>())
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("port", "pingInterval", "authenticator", "path of a route");
        }
    }

    @Test
    void aPortInUseFailsAndLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> new ChatTestServer(builder -> builder.port(server.server.port())))
                .hasMessageContaining("in use");
        await().until(() -> server.connect("alice", "").isSilent());
    }
}
