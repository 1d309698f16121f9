package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G13: joins, connects and signals without end, while somebody else chats. */
@Timeout(120)
class ChatFloodTest {
    private static final int CROWD = 40;
    private static final int CONNECTS = 10;
    private static final int FLOOD = 1000;

    private ChatTestServer server;
    private BystanderClient bystander;

    @BeforeEach
    void start() {
        server = new ChatTestServer();
        bystander = server.bystander();
    }

    @AfterEach
    void stop() {
        bystander.close();
        server.close();
    }

    private WebSocketClient joined(String user) throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(server.ws(3, ""));
        socket.next();
        assertThat(socket.next()).isEqualTo("40");
        socket.send("421[\"join\",\"" + user + "\"]");
        assertThat(socket.next()).isEqualTo("431[{\"ok\":true}]");
        return socket;
    }

    @Test
    void G13_ofManyClientsThatJoinAsOneUserTheLastStays() throws Exception {
        List<WebSocketClient> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(joined("5551"));
        }

        for (WebSocketClient each : crowd.subList(0, CROWD - 1)) {
            each.closed();
            assertThat(each.drained()).anyMatch(text -> text.contains("\"replaced\""));
        }
        WebSocketClient last = crowd.get(CROWD - 1);
        last.send("422[\"join\",\"5551\"]");
        assertThat(last.nextMessage()).isEqualTo("432[{\"ok\":true}]");
        bystander.assertServed();
    }

    @Test
    void G13_aClientThatJoinsRepeatedlyWithoutReadingIsClosed() throws Exception {
        URI open = URI.create(server.http() + "/socket.io/?EIO=3&transport=polling");
        URI session =
                URI.create(open + "&sid=" + TestHttp.sid(TestHttp.get(open).body()));
        assertThat(TestHttp.get(session).body()).contains("40");
        String payload = "18:421[\"join\",\"5551\"]".repeat(2500);

        HttpResponse<String> answer = TestHttp.send("POST", session, payload);
        assertThat(answer.statusCode()).isEqualTo(200);
        for (int i = 0; answer.statusCode() == 200; i++) {
            assertThat(i).as("payloads taken").isLessThan(10);
            answer = TestHttp.send("POST", session, payload);
        }

        bystander.assertServed();
    }

    @Test
    void G12_aClientWithATokenCannotJoin() throws Exception {
        WebSocketClient four = server.connect("eve", "");
        four.send("421[\"join\",\"alice\"]");
        assertThat(four.nextMessage()).startsWith("431[{\"ok\":false,\"Code\":\"bad_request\"");
        WebSocketClient three = WebSocketClient.open(server.ws(3, "&token=token-eve&device=old"));
        three.next();
        three.next();
        three.send("421[\"join\",\"alice\"]");
        assertThat(three.nextMessage()).startsWith("431[{\"ok\":false,\"Code\":\"bad_request\"");

        String forged = "{'EvtType':'message','From':'alice','To':'bob','MsgID':'m','Text':'x'}".replace("'", "\"");
        three.send("422[\"chat\"," + forged + "]");

        assertThat(three.nextMessage()).contains("\"ok\":false").contains("\"Code\":\"forbidden\"");
    }

    @Test
    void G13_connectsAndDisconnectsOnOneSessionLeaveNobodyOnline() throws Exception {
        WebSocketClient socket = opened();
        for (int i = 0; i < 200; i++) {
            if (i % CONNECTS == 0) {
                // One session takes no more.
                socket = opened();
            }
            socket.send("40{\"token\":\"token-eve\",\"device\":\"d" + i % 3 + "\"}");
            assertThat(socket.nextMessage()).startsWith("40{");
            socket.send("41");
        }

        UserId eve = UserId.of("eve");
        await().until(() -> server.chat
                .presence()
                .online(eve, List.of(eve))
                .toCompletableFuture()
                .join()
                .isEmpty());
        bystander.assertServed();
    }

    private WebSocketClient opened() throws InterruptedException {
        WebSocketClient socket = WebSocketClient.open(server.ws(4, ""));
        socket.next();
        return socket;
    }

    @Test
    void G13_aFloodOfTypingIsLimitedBeforeItIsFannedOut() throws Exception {
        RoomId room = RoomId.of("room");
        List<UserId> members =
                IntStream.range(0, CROWD).mapToObj(i -> UserId.of("u" + i)).toList();
        server.chat
                .rooms()
                .create(UserId.of("eve"), room, "Room", false, members)
                .toCompletableFuture()
                .join();
        List<WebSocketClient> listening = new ArrayList<>();
        for (UserId member : members) {
            listening.add(server.connect(member.value(), ""));
        }
        WebSocketClient eve = server.connect("eve", "");

        int allowed = flood(eve, "{\"EvtType\":\"typing\",\"Room\":\"room\"}");

        // 4 s' worth of 20 a second at once, and 20 in every second since: far from all, however slow the machine.
        assertThat(allowed).isBetween(80, FLOOD / 2);
        eve.send("429[\"chat\",{\"EvtType\":\"message\",\"Room\":\"room\",\"MsgID\":\"last\",\"Text\":\"x\"}]");
        for (WebSocketClient each : listening) {
            assertThat(typingsBefore(each, "\"last\"")).isLessThanOrEqualTo(allowed);
        }
        bystander.assertServed();
    }

    /** Sends it very often; returns how often it was allowed. */
    private static int flood(WebSocketClient socket, String event) throws InterruptedException {
        for (int i = 0; i < FLOOD; i++) {
            socket.send("42" + i + "[\"chat\"," + event + "]");
        }
        int allowed = 0;
        for (int i = 0; i < FLOOD; i++) {
            String answer = socket.nextMessage();
            if (answer.contains("\"ok\":true")) {
                allowed++;
            } else {
                assertThat(answer).contains("\"Code\":\"rate_limited\"").contains("\"RetryAfterMs\":");
            }
        }
        return allowed;
    }

    private static int typingsBefore(WebSocketClient socket, String end) throws InterruptedException {
        int typings = 0;
        String text = socket.nextMessage();
        while (!text.contains(end)) {
            assertThat(text).contains("\"typing\"");
            typings++;
            text = socket.nextMessage();
        }
        return typings;
    }
}
