package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversations and their messages. */
abstract class CallLogCases extends RestCases {
    private static final String MESSAGES = "/v1/call-logs/alice~bob/messages";

    @Test
    void listTellsPeerLastMessageUnreadAndMarks() {
        SendResult sent = server.say("alice", "bob", "hello");
        server.send("bob", ChatEvent.delivery(UserId.of("bob"), UserId.of("alice"), MessageId.of("hello")));

        JsonNode of = await().until(
                        () -> as("alice").get("/v1/call-logs").is(200).json().at("/items/0"),
                        each -> !each.at("/sent/delivered").isNull());

        String storedAt = RestJson.time(sent.storedAt());
        assertThat(of.get("id").asText()).isEqualTo("alice~bob");
        assertThat(of.get("peer").asText()).isEqualTo("bob");
        assertThat(of.has("room")).isFalse();
        assertThat(of.get("unread").asInt()).isZero();
        assertThat(of.at("/sent/delivered").asText()).isEqualTo(storedAt);
        assertThat(of.at("/sent/displayed").isNull()).isTrue();
        assertThat(of.at("/lastMessage/storedAt").asText()).isEqualTo(storedAt);
        assertThat(Instant.parse(storedAt).toEpochMilli()).isEqualTo(sent.storedAt());
        JsonNode ofBob = as("bob").get("/v1/call-logs").is(200).json().at("/items/0");
        assertThat(ofBob.get("peer").asText()).isEqualTo("alice");
        assertThat(ofBob.get("unread").asInt()).isEqualTo(1);
        assertThat(ofBob.at("/received/delivered").asText()).isEqualTo(storedAt);
    }

    @Test
    void unreadMessagesAreCountedOverAllConversations() {
        server.say("alice", "bob", "one");
        server.say("alice", "bob", "two");
        server.say("carol", "bob", "three");

        JsonNode totals = as("bob").get("/v1/unread").is(200).json();
        assertThat(totals.get("messages").asInt()).isEqualTo(3);
        assertThat(totals.get("conversations").asInt()).isEqualTo(2);
        assertThat(totals.get("mentions").asInt()).isZero();
        assertThat(as("dave").get("/v1/unread").is(200).json().get("messages").asInt())
                .isZero();
    }

    @Test
    void aMessageIsDisplayedWithoutASession() {
        server.say("alice", "bob", "one");
        server.say("alice", "bob", "two");
        String path = "/v1/call-logs/alice~bob/displayed";

        as("bob").put(path, "{\"from\":\"alice\",\"msgId\":\"two\"}").is(204);
        as("bob").put(path, "{\"from\":\"alice\",\"msgId\":\"two\"}").is(204);
        await().until(() ->
                as("bob").get("/v1/unread").is(200).json().get("messages").asInt() == 0);
        assertThat(as("alice").get(MESSAGES).is(200).items("status")).containsExactly("displayed", "displayed");
        as("carol").put(path, "{\"from\":\"alice\",\"msgId\":\"two\"}").isProblem(404, "not_found");
        as("bob").put(path, "{\"from\":\"alice\",\"msgId\":\"no\"}").isProblem(404, "not_found");
        as("bob").wrong().put(path, "{\"from\":\"alice\"}").isProblem(400, "bad_request");
    }

    @Test
    void theAuthorLearnsWhoHasSeenAMessage() {
        server.say("alice", "bob", "hello");
        server.send("bob", ChatEvent.display(UserId.of("bob"), UserId.of("alice"), MessageId.of("hello")));

        RestAnswer seen = await().until(
                        () -> as("alice").get(MESSAGES + "/hello/receipts").is(200),
                        each -> each.items("status").contains("displayed"));
        assertThat(seen.items("userId")).containsExactly("bob");
        as("bob").get(MESSAGES + "/hello/receipts").isProblem(404, "not_found");
        as("carol").get(MESSAGES + "/hello/receipts").isProblem(404, "not_found");
        as("alice").get(MESSAGES + "/unknown/receipts").isProblem(404, "not_found");
    }

    @Test
    void listIsPagedByCursor() {
        for (String peer : List.of("bob", "carol", "dave", "erin", "frank")) {
            server.say(peer, "alice", "from " + peer);
        }
        List<String> seen = new ArrayList<>();
        RestAnswer page = as("alice").get("/v1/call-logs?limit=2").is(200);
        seen.addAll(page.items("peer"));
        while (!page.last()) {
            page = as("alice")
                    .get("/v1/call-logs?limit=2&cursor=" + page.next())
                    .is(200);
            seen.addAll(page.items("peer"));
        }

        assertThat(seen).containsExactlyInAnyOrder("bob", "carol", "dave", "erin", "frank");
        assertThat(as("nobody").get("/v1/call-logs").is(200).items("id")).isEmpty();
    }

    @Test
    void messagesAreReadBackAndForthByTheirCursors() {
        for (int i = 1; i <= 5; i++) {
            server.say(i % 2 == 0 ? "alice" : "bob", i % 2 == 0 ? "bob" : "alice", "m" + i);
        }
        RestAnswer all = as("alice").get(MESSAGES).is(200);
        List<String> ids = all.items("msgId");
        List<String> cursors = all.items("cursor");

        assertThat(ids).containsExactlyInAnyOrder("m1", "m2", "m3", "m4", "m5");
        assertThat(as("bob").get(MESSAGES + "?limit=2").items("msgId")).isEqualTo(ids.subList(0, 2));
        assertThat(as("bob").get(MESSAGES + "?before=" + cursors.get(1)).items("msgId"))
                .isEqualTo(ids.subList(2, 5));
        assertThat(as("bob").get(MESSAGES + "?after=" + cursors.get(3)).items("msgId"))
                .as("the last ten seconds are repeated")
                .isEqualTo(ids);
        RestAnswer between = as("bob").get(MESSAGES + "?limit=1&before=" + cursors.get(0) + "&after=" + cursors.get(3));
        assertThat(between.items("msgId")).isEqualTo(ids.subList(1, 2));
        assertThat(as("bob")
                        .get(MESSAGES + "?before=" + between.next() + "&after=" + cursors.get(3))
                        .items("msgId"))
                .isEqualTo(ids.subList(2, 5));
        assertThat(as("bob").get(MESSAGES + "?after=" + future()).items("msgId"))
                .isEmpty();
    }

    /** Returns the cursor of a message that nobody has written yet. */
    private static String future() {
        String position = System.currentTimeMillis() + 3_600_000 + " alice m";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void removalReachesUpToTheLastMessageThatTheCallerHadInTheList() {
        server.say("alice", "bob", "seen");
        String last = as("bob").get("/v1/call-logs").items("lastMessage/cursor").get(0);
        server.say("alice", "bob", "unseen");
        as("bob").delete("/v1/call-logs/alice~bob?upTo=" + last).is(204);

        assertThat(as("bob").get(MESSAGES).items("msgId")).containsExactly("unseen");
        assertThat(as("bob").get("/v1/call-logs").items("lastMessage/msgId")).containsExactly("unseen");
        assertThat(as("alice").get(MESSAGES).items("msgId")).containsExactly("unseen", "seen");
    }

    @Test
    void removalUpToAMadeUpCursorHidesNoLaterMessage() {
        server.say("alice", "bob", "one");
        as("bob").delete("/v1/call-logs/alice~bob?upTo=" + future()).is(204);
        assertThat(as("bob").get(MESSAGES).items("msgId")).isEmpty();
        server.say("alice", "bob", "two");

        assertThat(as("bob").get(MESSAGES).items("msgId")).containsExactly("two");
        as("bob").wrong().delete("/v1/call-logs/alice~bob?upTo=x").isProblem(400, "bad_request");
    }

    @Test
    void G11_statusesGrow() {
        server.say("alice", "bob", "hello");
        assertThat(as("alice").get(MESSAGES).items("status")).containsExactly("sent");

        server.send("bob", ChatEvent.delivery(UserId.of("bob"), UserId.of("alice"), MessageId.of("hello")));
        await().until(() -> as("alice").get(MESSAGES).items("status").equals(List.of("delivered")));

        server.send("bob", ChatEvent.display(UserId.of("bob"), UserId.of("alice"), MessageId.of("hello")));
        await().until(() -> as("alice").get(MESSAGES).items("status").equals(List.of("displayed")));
        await().until(() ->
                as("bob").get("/v1/call-logs").json().at("/items/0/unread").asInt() == 0);
    }

    @Test
    void removalIsTheCallersAlone() {
        server.say("alice", "bob", "one");

        assertThat(as("alice").delete("/v1/call-logs/alice~bob").is(204).raw().body())
                .isEmpty();

        assertThat(as("alice").get("/v1/call-logs").items("id")).isEmpty();
        assertThat(as("alice").get(MESSAGES).items("msgId")).isEmpty();
        assertThat(as("bob").get(MESSAGES).items("msgId")).containsExactly("one");
        as("alice").delete("/v1/call-logs/alice~bob").is(204);
        await().until(() -> {
            String again = "again" + System.nanoTime();
            server.say("bob", "alice", again);
            return as("alice").get("/v1/call-logs").items("lastMessage/msgId").equals(List.of(again));
        });
        assertThat(as("alice").get(MESSAGES).items("msgId")).doesNotContain("one");
    }

    @Test
    void headAnswersAsGetWithoutTheBody() {
        server.say("alice", "bob", "hello");

        RestAnswer got = as("alice").get(MESSAGES);
        RestAnswer head = as("alice").wrong().send("HEAD", MESSAGES, null).is(200);

        assertThat(head.raw().body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(got.header("Content-Length"));
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
        assertThat(got.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void G13_aClockThatSaysNonsenseSpoilsNoHistory() {
        for (long clock : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE, 253_402_300_800L}) {
            MessageId id = MessageId.random();
            server.send(
                    "alice",
                    ChatEvent.Message.from(UserId.of("alice"))
                            .to(UserId.of("bob"))
                            .id(id)
                            .timestamp(clock)
                            .text("tick")
                            .build());
        }
        server.say("alice", "alice", "note");

        RestAnswer all = as("bob").get(MESSAGES).is(200);

        assertThat(all.items("text")).hasSize(4);
        assertThat(all.items("sentAt")).containsOnly("");
        assertThat(as("alice").get("/v1/call-logs").items("peer")).containsExactlyInAnyOrder("alice", "bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=",
                "limit=ten",
                "limit=1e1",
                "limit=99999999999",
                "limit=%31%00",
                "cursor=x",
                "cursor=%ff%fe",
                "cursor=MTc5NTYw",
                "cursor=../../etc",
            })
    void G13_malformedParametersAreRefused(String query) {
        as("alice").wrong().get("/v1/call-logs?" + query).isProblem(400, "bad_request");
        as("alice")
                .wrong()
                .get(MESSAGES + "?" + query.replace("cursor", "before"))
                .isProblem(400, "bad_request");
        as("alice")
                .wrong()
                .get(MESSAGES + "?" + query.replace("cursor", "after"))
                .isProblem(400, "bad_request");
    }

    @Test
    void unknownParametersAreIgnored() {
        as("alice")
                .wrong()
                .get("/v1/call-logs?colour=green&limit=3&offset=%20&=&a")
                .is(200);
    }
}
