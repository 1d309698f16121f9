package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.Principal;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flows of the original's diagrams and the promises behind them, as the official Java client meets them. */
class ClientFlowsTest {
    private static final int WINDOW = 8;
    private static final int QUEUE = 20;

    private final Chat chat = Chat.builder()
            .config(ChatConfig.builder()
                    .messagesPerSecond(0)
                    .fanoutBytesPerSecond(0)
                    .window(WINDOW)
                    .build())
            .offlineQueue(MemoryOfflineQueue.create(QueueLimits.DEFAULT.withMaxEvents(QUEUE), Clock.systemUTC()))
            .build();
    private final SocketIoServer server = SocketIoServer.builder(chat)
            .host("127.0.0.1")
            .port(0)
            .authenticator(token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token))))
            .start();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(each -> each.socket.close());
        server.close(Duration.ofMillis(100));
        chat.close(Duration.ZERO);
    }

    /** One device. It remembers the events that arrive, and confirms them if it is a confirming one. */
    private final class Client {
        final List<JSONObject> events = new CopyOnWriteArrayList<>();
        final Socket socket;

        Client(String user, String device, boolean confirming) {
            socket = IO.socket(
                    URI.create("http://127.0.0.1:" + server.port()),
                    IO.Options.builder()
                            .setForceNew(true)
                            .setAuth(Map.of("token", user, "device", device))
                            .build());
            socket.on("chat", args -> {
                events.add((JSONObject) args[0]);
                if (confirming && args.length > 1 && args[1] instanceof Ack ack) {
                    ack.call();
                }
            });
            clients.add(this);
            socket.connect();
            await().until(socket::connected);
        }

        JSONObject send(String type, String to, String id, String text) throws Exception {
            return send(new JSONObject(Map.of("EvtType", type, "To", to, "MsgID", id, "Text", text)));
        }

        JSONObject send(JSONObject event) throws Exception {
            CompletableFuture<JSONObject> answer = new CompletableFuture<>();
            socket.emit("chat", new Object[] {event}, args -> answer.complete((JSONObject) args[0]));
            return answer.get(30, TimeUnit.SECONDS);
        }

        List<String> ids(String type) {
            return events.stream()
                    .filter(each -> type.equals(each.optString("EvtType")))
                    .map(each -> each.optString("MsgID"))
                    .toList();
        }

        void awaitIds(String type, String... ids) {
            await().untilAsserted(() -> assertThat(ids(type)).containsExactly(ids));
        }
    }

    private Client online(String user) {
        return new Client(user, "default", true);
    }

    @Test
    void aMessageWaitsForItsReceiverAndTheReceiptsForTheirs() throws Exception {
        Client alice = online("alice");
        assertThat(alice.send("message", "bob", "m1", "안녕 👋").optBoolean("ok")).isTrue();
        alice.socket.close();
        Client bob = online("bob");
        bob.awaitIds("message", "m1");
        assertThat(bob.events.get(0).optString("Text")).isEqualTo("안녕 👋");
        assertThat(bob.send("display", "alice", "m1", "").optBoolean("ok")).isTrue();

        Client back = online("alice");

        back.awaitIds("delivery", "m1");
        back.awaitIds("display", "m1");
    }

    @Test
    void everyDeviceGetsTheMessageItsAuthorOneReceiptAndTheAuthorsOtherDeviceACopy() throws Exception {
        Client phone = new Client("bob", "phone", true);
        Client laptop = new Client("bob", "laptop", true);
        Client desk = new Client("alice", "desk", true);
        Client pad = new Client("alice", "pad", true);

        assertThat(desk.send("message", "bob", "m1", "hello").optLong("Seq")).isPositive();

        phone.awaitIds("message", "m1");
        laptop.awaitIds("message", "m1");
        pad.awaitIds("message", "m1");
        desk.awaitIds("delivery", "m1");
        assertThat(desk.ids("message")).isEmpty();
    }

    @Test
    void G2_aResendOnAnotherConnectionGetsTheFirstAnswer() throws Exception {
        Client bob = online("bob");
        Client alice = online("alice");
        JSONObject first = alice.send("message", "bob", "m1", "once");
        alice.socket.close();

        JSONObject again = online("alice").send("message", "bob", "m1", "once");

        assertThat(again.optBoolean("Duplicate")).isTrue();
        assertThat(again.optLong("StoredAt")).isEqualTo(first.optLong("StoredAt"));
        Client another = online("alice");
        assertThat(another.send("message", "bob", "m1", "other text").optString("Code"))
                .isEqualTo("conflict");
        another.send("message", "bob", "m2", "next");
        bob.awaitIds("message", "m1", "m2");
    }

    @Test
    void G6_G7_aClientThatConfirmsNothingGetsItsWindowAndAllOfItAgain() throws Exception {
        Client silent = new Client("bob", "default", false);
        Client alice = online("alice");
        Client carol = online("carol");
        for (int i = 0; i < 2 * WINDOW; i++) {
            alice.send("message", "bob", "m" + i, "text");
        }
        alice.send("message", "carol", "m", "others do not wait");
        carol.awaitIds("message", "m");
        assertThat(silent.ids("message")).hasSize(WINDOW);
        silent.socket.close();

        Client back = online("bob");

        await().untilAsserted(() ->
                assertThat(back.ids("message")).hasSize(2 * WINDOW).startsWith("m0", "m1"));
    }

    @Test
    void G10_afterTheQueueWasTrimmedTheClientIsToldAndTheHistoryHasAll() throws Exception {
        online("bob").socket.close();
        Client alice = online("alice");
        for (int i = 0; i < QUEUE + 5; i++) {
            alice.send("message", "bob", "m" + i, "text");
        }

        Client bob = online("bob");

        await().untilAsserted(() -> assertThat(bob.ids("message"))
                .hasSize(QUEUE)
                .startsWith("m5", "m6")
                .doesNotHaveDuplicates());
        assertThat(bob.events.stream().map(event -> event.optString("EvtType")).limit(2))
                .containsExactly("gap", "message");
        assertThat(chat.callLogs()
                        .messages(
                                UserId.of("bob"), ConversationId.direct(UserId.of("alice"), UserId.of("bob")), 200, "")
                        .toCompletableFuture()
                        .join()
                        .items())
                .hasSize(QUEUE + 5);
    }

    @Test
    void G11_aDeliveryAfterTheDisplayGoesNowhere() throws Exception {
        Client alice = online("alice");
        Client bob = new Client("bob", "default", false);
        alice.send("message", "bob", "m1", "text");
        bob.awaitIds("message", "m1");

        bob.send("display", "alice", "m1", "");
        assertThat(bob.send("delivery", "alice", "m1", "").optBoolean("Duplicate"))
                .isTrue();
        bob.send("message", "alice", "m2", "behind the receipts");

        alice.awaitIds("message", "m2");
        assertThat(alice.ids("display")).containsExactly("m1");
        assertThat(alice.ids("delivery")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "message, bob, alice, forged, forbidden",
        "delivery, bob, alice, m1, forbidden",
        "display, carol, alice, m1, not_found",
        "delivery, carol, bob, none, not_found",
        "replaced, carol, bob, m2, bad_request",
        "session, carol, bob, m2, bad_request",
        "disconnected, carol, bob, m2, bad_request",
        "end, carol, bob, m2, bad_request"
    })
    void G12_nobodySendsInTheNameOfAnother(String type, String from, String to, String id, String code)
            throws Exception {
        Client alice = online("alice");
        Client bob = online("bob");
        alice.send("message", "bob", "m1", "between alice and bob");
        alice.awaitIds("delivery", "m1");
        Client carol = online("carol");

        JSONObject answer =
                carol.send(new JSONObject(Map.of("EvtType", type, "From", from, "To", to, "MsgID", id, "Text", "x")));

        assertThat(answer.optString("Code")).isEqualTo(code);
        assertThat(answer.optString("MsgID")).isEqualTo(id);
        assertThat(alice.events).hasSize(1);
        assertThat(bob.events).hasSize(1);
    }
}
