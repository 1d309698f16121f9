package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.webchat.core.Chat;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the events that the server really sends with {@code docs/asyncapi.yaml}. */
class AsyncApiTest {
    private static final JsonNode DOCUMENT = read();

    private static final String HELLO = "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"hello\"}";

    private static final String CARD = "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m2\","
            + "\"Type\":\"shop.order\",\"Data\":{\"order\":17},"
            + "\"ReplyTo\":{\"From\":\"alice\",\"MsgID\":\"m1\"},\"Mentions\":[\"bob\"]}";

    private final Set<String> seen = new TreeSet<>();

    private static JsonNode read() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("..", "docs", "asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(String name) {
        ObjectNode whole = DOCUMENT.at("/components/schemas/" + name).deepCopy();
        assertThat(whole.isEmpty()).isFalse();
        whole.set("components", DOCUMENT.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }

    private static void check(String schema, String json) throws IOException {
        assertThat(schema(schema).validate(new JsonMapper().readTree(json)))
                .as(schema + ": " + json)
                .isEmpty();
    }

    /** Sends an event that the document allows. */
    private static void send(WebSocketClient socket, String ackId, String json) throws IOException {
        String type = new JsonMapper().readTree(json).get("EvtType").asText();
        check(
                switch (type) {
                    case "message" -> "ClientMessage";
                    case "typing" -> "ClientTyping";
                    case "signal" -> "ClientSignal";
                    case "edit", "delete", "react" -> "ClientAmendment";
                    default -> "ClientReceipt";
                },
                json);
        socket.send("42" + ackId + "[\"chat\"," + json + "]");
    }

    /** Waits for the next packet of the server, checks it, and returns its kind. */
    private String next(WebSocketClient socket) throws Exception {
        String packet = socket.nextMessage();
        String json = packet.substring(packet.indexOf('[') + 1, packet.lastIndexOf(']'));
        if (packet.startsWith("43")) {
            boolean ok = new JsonMapper().readTree(json).get("ok").asBoolean();
            check(ok ? "Accepted" : "Refused", json);
            seen.add(ok ? "accepted" : "refused");
            return ok ? "accepted" : "refused";
        }
        String event = json.substring("\"chat\",".length());
        String kind = new JsonMapper().readTree(event).get("EvtType").asText();
        check(
                switch (kind) {
                    case "message" -> "Message";
                    case "delivery", "display" -> "Receipt";
                    case "typing" -> "Typing";
                    case "signal" -> "Signal";
                    case "edit", "delete", "react" -> "Amendment";
                    case "failed" -> "Failed";
                    default -> "Notice";
                },
                event);
        seen.add(kind);
        return kind;
    }

    private void messageWithCopy(WebSocketClient from, WebSocketClient tablet, WebSocketClient to, String message)
            throws Exception {
        send(from, "1", message);
        assertThat(next(from)).isEqualTo("accepted");
        assertThat(next(tablet)).isEqualTo("message");
        assertThat(next(to)).isEqualTo("message");
    }

    @Test
    void everyEventOfTheServerIsAsDocumented() throws Exception {
        try (ChatTestServer server = new ChatTestServer()) {
            WebSocketClient bob = server.connect("bob", "");
            WebSocketClient alice = server.connect("alice", "");
            WebSocketClient tablet = server.connect("alice", ",\"device\":\"tablet\"");

            messageWithCopy(alice, tablet, bob, HELLO);
            messageWithCopy(alice, tablet, bob, CARD);
            send(bob, "", "{\"EvtType\":\"delivery\",\"From\":\"bob\",\"To\":\"alice\",\"MsgID\":\"m1\"}");
            assertThat(next(alice)).isEqualTo("delivery");
            send(bob, "2", "{\"EvtType\":\"display\",\"To\":\"alice\",\"MsgID\":\"m1\",\"Timestamp\":1795600000}");
            assertThat(next(alice)).isEqualTo("display");
            assertThat(next(bob)).isEqualTo("accepted");
            send(bob, "3", "{\"EvtType\":\"typing\",\"To\":\"alice\"}");
            assertThat(next(alice)).isEqualTo("typing");
            assertThat(next(bob)).isEqualTo("accepted");
            send(bob, "4", "{\"EvtType\":\"signal\",\"To\":\"alice\",\"Type\":\"cursor\",\"Data\":{\"line\":3}}");
            assertThat(next(alice)).isEqualTo("signal");
            assertThat(next(bob)).isEqualTo("accepted");
            send(alice, "", HELLO.replace("hello", "other"));
            assertThat(next(alice)).isEqualTo("failed");
            send(alice, "4", HELLO.replace("hello", "other"));
            assertThat(next(alice)).isEqualTo("refused");

            WebSocketClient again = server.connect("bob", "");
            assertThat(next(bob)).isEqualTo("replaced");
            server.server.close(Duration.ofMillis(100));
            await().until(() -> next(again).equals("draining"));
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "accepted",
                        "delivery",
                        "display",
                        "draining",
                        "failed",
                        "message",
                        "refused",
                        "replaced",
                        "signal",
                        "typing");
    }

    @Test
    void changesOfMessagesAreAsDocumented() throws Exception {
        String about = ",\"About\":{\"From\":\"alice\",\"MsgID\":\"m1\"}";
        try (ChatTestServer server = new ChatTestServer()) {
            WebSocketClient bob = server.connect("bob", ",\"features\":[\"amend\"]");
            WebSocketClient old = server.connect("bob", ",\"device\":\"old\"");
            WebSocketClient alice = server.connect("alice", ",\"features\":[\"amend\"]");
            send(alice, "1", "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"secret\"}");
            assertThat(next(bob)).isEqualTo("message");
            assertThat(next(old)).isEqualTo("message");
            assertThat(next(alice)).isEqualTo("accepted");

            send(alice, "2", "{\"EvtType\":\"edit\",\"To\":\"bob\",\"MsgID\":\"e1\"" + about + ",\"Text\":\"other\"}");
            assertThat(next(bob)).isEqualTo("edit");
            assertThat(next(alice)).isEqualTo("accepted");
            send(bob, "3", "{\"EvtType\":\"react\",\"To\":\"alice\",\"MsgID\":\"r1\"" + about + ",\"Reaction\":\"+\"}");
            assertThat(next(alice)).isEqualTo("react");
            assertThat(next(bob)).isEqualTo("accepted");
            send(alice, "4", "{\"EvtType\":\"delete\",\"To\":\"bob\",\"MsgID\":\"d1\"" + about + "}");
            assertThat(next(bob)).isEqualTo("delete");
            assertThat(next(alice)).isEqualTo("accepted");
            send(alice, "5", "{\"EvtType\":\"typing\",\"To\":\"bob\"}");
            // A client without the feature got none of them.
            assertThat(next(old)).isEqualTo("typing");

            WebSocketClient tablet = server.connect("bob", ",\"device\":\"tablet\",\"features\":\"amend\"");
            assertThat(next(tablet)).isEqualTo("message");
        }
    }

    @Test
    void theNoticeOfASessionThatTheApplicationEndsIsAsDocumented() throws Exception {
        try (ChatTestServer server = new ChatTestServer()) {
            WebSocketClient alice = server.connect("alice", "");

            server.chat.host().disconnect(UserId.of("alice"));

            assertThat(next(alice)).isEqualTo("disconnected");
        }
    }

    /** A queue that was trimmed at its bound tells a gap, and then gives the messages that it has. */
    @Test
    void eventsAfterATrimAreAsDocumented() throws Exception {
        try (Chat chat = Chat.builder()
                        .offlineQueue(
                                MemoryOfflineQueue.create(QueueLimits.DEFAULT.withMaxEvents(1), Clock.systemUTC()))
                        .build();
                ChatTestServer server = new ChatTestServer(chat, settings -> settings)) {
            server.connect("bob", "").abort();
            WebSocketClient alice = server.connect("alice", "");
            for (int i = 1; i <= 3; i++) {
                send(alice, "" + i, "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m" + i + "\",\"Text\":\"x\"}");
                assertThat(next(alice)).isEqualTo("accepted");
            }

            WebSocketClient bob = server.connect("bob", "");

            assertThat(next(bob)).isEqualTo("gap");
            assertThat(next(bob)).isEqualTo("message");
        }
    }

    @Test
    void filesOfMessagesAreAsDocumented() throws Exception {
        try (Chat chat = Chat.builder()
                        .attachments(MemoryAttachmentStore.create(AttachmentLimits.DEFAULT, Clock.systemUTC()))
                        .build();
                ChatTestServer server = new ChatTestServer(chat, settings -> settings)) {
            AttachmentId id = chat.attachments()
                    .upload(UserId.of("alice"), "notes.txt")
                    .thenCompose(AttachmentUpload::finish)
                    .toCompletableFuture()
                    .join()
                    .id();
            WebSocketClient bob = server.connect("bob", "");
            WebSocketClient alice = server.connect("alice", "");

            send(
                    alice,
                    "1",
                    "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Attachments\":[{\"id\":\"" + id
                            + "\",\"name\":\"n\",\"type\":\"t\",\"bytes\":1,\"width\":3,\"height\":2}]}");

            assertThat(next(alice)).isEqualTo("accepted");
            assertThat(next(bob)).isEqualTo("message");
        }
    }

    @Test
    void aRoomsMessageIsAsDocumented() throws Exception {
        try (ChatTestServer server = new ChatTestServer()) {
            server.chat
                    .rooms()
                    .create(UserId.of("alice"), RoomId.of("team"), "The team", false, List.of(UserId.of("bob")))
                    .toCompletableFuture()
                    .join();
            WebSocketClient bob = server.connect("bob", "");
            WebSocketClient alice = server.connect("alice", "");

            send(alice, "1", "{\"EvtType\":\"message\",\"Room\":\"team\",\"MsgID\":\"m1\",\"Text\":\"hello\"}");

            assertThat(next(bob)).isEqualTo("message");
        }
    }

    @Test
    void refusalsOfUnknownUsersAreAsDocumented() throws Exception {
        try (ChatTestServer server = new ChatTestServer()) {
            WebSocketClient nobody = WebSocketClient.open(server.ws(3, ""));
            nobody.next();
            nobody.next();
            nobody.send("42[\"nothing\",1]");

            assertThat(next(nobody)).isEqualTo("failed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m 1\",\"Text\":\"x\"}",
                "{\"EvtType\":\"message\",\"To\":\"\",\"MsgID\":\"m1\",\"Text\":\"x\"}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"\"}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":5}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Text\":\"x\",\"Timestamp\":\"now\"}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Attachments\":[]}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\","
                        + "\"Attachments\":[{\"id\":\"a\",\"url\":\"x\"}]}",
                "{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\","
                        + "\"Attachments\":[{\"id\":\"a\",\"width\":0}]}",
            })
    void theServerRefusesEventsThatTheDocumentForbids(String json) throws Exception {
        assertThat(schema("ClientMessage").validate(new JsonMapper().readTree(json)))
                .isNotEmpty();
        try (ChatTestServer server = new ChatTestServer()) {
            WebSocketClient alice = server.connect("alice", "");
            alice.send("421[\"chat\"," + json + "]");

            assertThat(next(alice)).isEqualTo("refused");
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryExampleFits() throws Exception {
        checkReferences(DOCUMENT);
        for (JsonNode message : DOCUMENT.at("/components/messages")) {
            String reference = message.at("/payload/$ref").asText();
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            for (JsonNode example : message.get("examples")) {
                check(name, example.get("payload").toString());
            }
        }
    }

    private static void checkReferences(JsonNode node) {
        if (node.has("$ref")) {
            String reference = node.get("$ref").asText();
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
        for (Iterator<JsonNode> each = node.elements(); each.hasNext(); ) {
            checkReferences(each.next());
        }
    }
}
