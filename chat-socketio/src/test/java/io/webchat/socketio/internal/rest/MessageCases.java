package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ChatConfig;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending without a session. */
abstract class MessageCases extends RestCases {
    private static final String HELLO = "{\"to\":\"bob\",\"text\":\"hello \ud83d\ude00\",\"msgId\":\"m1\"}";

    @Test
    void G1_aMessageThatWasAnsweredIsDeliveredAndLogged() {
        List<String> texts = new CopyOnWriteArrayList<>();
        server.chat
                .open(UserId.of("bob"), (session, envelope) -> {
                    if (envelope.event() instanceof ChatEvent.Message message) {
                        texts.add(message.text());
                    }
                })
                .toCompletableFuture()
                .join()
                .resume();

        RestAnswer sent = as("alice").post("/v1/messages", HELLO).is(201);

        assertThat(sent.json().get("msgId").asText()).isEqualTo("m1");
        assertThat(sent.json().get("duplicate").asBoolean()).isFalse();
        await().untilAsserted(() -> assertThat(texts).containsExactly("hello \ud83d\ude00"));
        RestAnswer logged = as("bob").get("/v1/call-logs/alice~bob/messages").is(200);
        assertThat(logged.items("storedAt"))
                .containsExactly(sent.json().get("storedAt").asText());
        assertThat(logged.items("text")).containsExactly("hello \ud83d\ude00");
    }

    @Test
    void G2_repeatingItAnswersTheSame() {
        RestAnswer first = as("alice").post("/v1/messages", HELLO).is(201);

        for (int i = 0; i < 3; i++) {
            RestAnswer again = as("alice").post("/v1/messages", HELLO).is(200);
            assertThat(again.json()).isEqualTo(((ObjectNode) first.json()).put("duplicate", true));
        }
        as("alice").post("/v1/messages", HELLO.replace("hello", "other")).isProblem(409, "conflict");
        assertThat(as("alice").get("/v1/call-logs/alice~bob/messages").items("msgId"))
                .containsExactly("m1");
    }

    @Test
    void aMessageWithoutAnIdGetsOne() {
        RestAnswer one = as("alice")
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"x\"}")
                .is(201);
        RestAnswer two = as("alice")
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"x\"}")
                .is(201);

        assertThat(one.json().get("msgId")).isNotEqualTo(two.json().get("msgId"));
    }

    @Test
    void roomsAreWrittenToAndReadByTheirMembers() {
        as("alice")
                .post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}")
                .is(201);

        RestAnswer sent = as("alice")
                .post("/v1/messages", "{\"room\":\"team\",\"text\":\"all\",\"msgId\":\"r1\"}")
                .is(201);

        RestAnswer read = as("bob").get("/v1/call-logs/~team/messages").is(200);
        assertThat(read.items("room")).containsExactly("team");
        assertThat(read.items("storedAt"))
                .containsExactly(sent.json().get("storedAt").asText());
        assertThat(read.json().at("/items/0").has("to")).isFalse();
        RestAnswer list = as("bob").get("/v1/call-logs").is(200);
        assertThat(list.items("room")).containsExactly("team");
        assertThat(list.items("unread")).containsExactly("1");
        assertThat(list.json().at("/items/0").has("peer")).isFalse();
        as("bob").delete("/v1/call-logs/~team").is(204);
        assertThat(as("bob").get("/v1/call-logs").items("id")).isEmpty();
        assertThat(as("alice").get("/v1/call-logs").items("id")).containsExactly("~team");
    }

    @Test
    void G12_nobodyWritesToForeignRoomsOrToWhoBlocksThem() {
        as("alice").post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\"}").is(201);
        String toRoom = "{\"room\":\"team\",\"text\":\"x\"}";
        as("alice").post("/v1/messages", toRoom).is(201);

        String foreign = as("mallory")
                .post("/v1/messages", toRoom)
                .isProblem(404, "not_found")
                .json()
                .get("detail")
                .asText();
        assertThat(as("mallory")
                        .post("/v1/messages", toRoom.replace("team", "none"))
                        .isProblem(404, "not_found")
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo(foreign);
        as("mallory").get("/v1/call-logs/~team/messages").isProblem(404, "not_found");
        as("mallory").delete("/v1/call-logs/~team").isProblem(404, "not_found");

        as("bob").put("/v1/blocks/mallory").is(204);
        as("mallory").post("/v1/messages", HELLO).isProblem(403, "forbidden");
        as("bob").delete("/v1/blocks/mallory").is(204);
        as("mallory").post("/v1/messages", HELLO).is(201);
    }

    @Test
    void G12_theAuthorIsTheUserOfTheToken() {
        as("mallory")
                .wrong()
                .post("/v1/messages", "{\"from\":\"alice\",\"to\":\"bob\",\"text\":\"x\",\"msgId\":\"m1\"}")
                .isProblem(400, "bad_request");
        assertThat(as("bob").get("/v1/call-logs").items("peer")).isEmpty();

        as("mallory").post("/v1/messages", HELLO).is(201);

        assertThat(as("bob").get("/v1/call-logs").items("peer")).containsExactly("mallory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"to\":\"bob\"}",
                "{\"text\":\"x\"}",
                "{\"to\":\"bob\",\"text\":\"\"}",
                "{\"to\":\"bob\",\"text\":null}",
                "{\"to\":\"bob\",\"text\":1}",
                "{\"to\":\"bob\",\"text\":\"\\ud800\"}",
                "{\"to\":\"bob\",\"room\":\"team\",\"text\":\"x\"}",
                "{\"to\":[\"bob\"],\"text\":\"x\"}",
                "{\"to\":\"\",\"text\":\"x\"}",
                "{\"to\":\"a~b\",\"text\":\"x\"}",
                "{\"room\":\"../x\",\"text\":\"x\"}",
                "{\"to\":\"bob\",\"text\":\"x\",\"msgId\":\"\"}",
                "{\"to\":\"bob\",\"text\":\"x\",\"msgId\":\"a b\"}",
                "{\"to\":\"bob\",\"text\":\"x\",\"msgId\":5}",
                "{\"to\":\"bob\",\"text\":\"x\"",
                "[{\"to\":\"bob\",\"text\":\"x\"}]",
            })
    void G13_messagesOfAWrongFormAreRefused(String json) {
        as("alice").wrong().post("/v1/messages", json).isProblem(400, "bad_request");
    }

    @Test
    void G18_theWholeContentIsStoredAsItWasSent() {
        String data = "{ \"n\" : 1.50,\n \"t\":\"\\u00e9\" }";
        as("alice")
                .post(
                        "/v1/messages",
                        "{\"to\":\"bob\",\"type\":\"shop.order\",\"data\":" + data + ",\"mentions\":[\"bob\"],"
                                + "\"replyTo\":{\"from\":\"bob\",\"msgId\":\"m0\"},\"msgId\":\"m1\"}")
                .is(201);

        RestAnswer read = as("bob").get("/v1/call-logs/alice~bob/messages").is(200);
        assertThat(read.raw().body()).contains("\"data\":" + data);
        assertThat(read.items("type")).containsExactly("shop.order");
        assertThat(read.items("text")).containsExactly("");
        assertThat(read.items("mentions/0")).containsExactly("bob");
        assertThat(read.items("replyTo/from")).containsExactly("bob");
        assertThat(read.items("replyTo/msgId")).containsExactly("m0");
    }

    @Test
    void anAnswerIsReadWithTheTextThatItAnswers() {
        as("alice").post("/v1/messages", HELLO).is(201);
        as("bob")
                .post(
                        "/v1/messages",
                        "{\"to\":\"alice\",\"text\":\"yes\",\"replyTo\":{\"from\":\"alice\",\"msgId\":\"m1\"}}")
                .is(201);

        RestAnswer newest =
                as("alice").get("/v1/call-logs/alice~bob/messages?limit=1").is(200);

        assertThat(newest.items("replyTo/from")).containsExactly("alice");
        assertThat(newest.items("replyTo/type")).containsExactly("text");
        assertThat(newest.items("replyTo/text")).containsExactly("hello \ud83d\ude00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"Text\":\"x\"; unknown field Text",
                "\"mood\":1; unknown field mood",
                "\"replyTo\":{\"from\":\"bob\",\"msgId\":\"m\",\"x\":1}; unknown field replyTo.x",
                "\"replyTo\":{\"from\":\"bob\"}; replyTo.msgId is missing",
                "\"replyTo\":\"m0\"; replyTo must be an object",
                "\"data\":[]; data must be a JSON object",
                "\"data\":{\"n\":1,\"n\":2}; the body has the name n twice in one object",
                "\"data\":{\"n\":999999999999999999999999999999999}; "
                        + "the body has a number of 33 digits, the limit is 32",
                "\"text\":\"y\"; the body has the name text twice in one object",
                "\"replyTo\":{\"from\":\"b b\",\"msgId\":\"m\"}; "
                        + "replyTo.from: a user id must match [A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}",
                "\"replyTo\":{\"from\":\"bob\",\"msgId\":\"m m\"}; replyTo.msgId: MsgID must match [A-Za-z0-9_-]{1,64}",
                "\"mentions\":[\"b b\"]; mentions: a user id must match [A-Za-z0-9][A-Za-z0-9._@+:|=-]{0,127}",
                "\"type\":\"A\"; Type must match [a-z0-9][a-z0-9._-]{0,63}",
                "\"mentions\":\"bob\"; mentions must be a list of strings",
                "\"attachments\":{}; attachments must be a list of objects",
                "\"attachments\":[\"a\"]; attachments must be a list of objects",
                "\"attachments\":[{}]; attachments.id is missing",
                "\"attachments\":[{\"id\":\"a/b\"}]; " + "attachments.id: attachment id must match [A-Za-z0-9_-]{1,64}",
                "\"attachments\":[{\"id\":\"a\",\"url\":1}]; unknown field attachments.url",
                "\"attachments\":[{\"id\":\"a\",\"width\":0}]; "
                        + "attachments.width must be a whole number from 1 to 100000",
                "\"attachments\":[{\"id\":\"a\",\"height\":1.5}]; "
                        + "attachments.height must be a whole number from 1 to 100000",
                "\"attachments\":[{\"id\":\"a\"},{\"id\":\"a\"}]; Attachments names a twice",
                "\"mentions\":[\"carol\"]; Mentions names carol, who is not in the conversation"
            })
    void G18_aFieldThatCannotBeKeptIsRefusedByName(String field, String detail) {
        RestAnswer refused = as("alice")
                .wrong()
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"x\"," + field + "}")
                .isProblem(400, "bad_request");

        assertThat(refused.json().get("detail").asText()).isEqualTo(detail);
    }

    @Test
    void G18_everyLimitOfTheContentIsNamed() {
        String start = "{\"to\":\"bob\",\"text\":\"x\",";
        String data = "\"data\":{\"a\":\"" + "x".repeat(8 * 1024 - 8) + "\"}}";
        as("alice").post("/v1/messages", start + data).is(201);

        assertThat(as("alice")
                        .wrong()
                        .post("/v1/messages", start + data.replace("xx\"", "xxx\""))
                        .isProblem(413, "too_large")
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo("Data has 8193 bytes, the limit is 8192");
        String mentions = "\"mentions\":[" + "\"bob\",".repeat(50) + "\"bob\"]}";
        assertThat(as("alice")
                        .wrong()
                        .post("/v1/messages", start + mentions)
                        .isProblem(413, "too_large")
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo("Mentions has more than 50 users, its limit");
        as("alice")
                .post("/v1/messages", start + mentions.replaceFirst("\"bob\",", ""))
                .is(201);
    }

    @Test
    void G13_longTextsAndFloodsAreRefused() {
        as("alice")
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"" + "x".repeat(16 * 1024 + 1) + "\"}")
                .isProblem(413, "too_large");
        as("alice")
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"" + "x".repeat(16 * 1024) + "\"}")
                .is(201);
        try (RestTestServer limited = new RestTestServer(
                parts -> parts.config(ChatConfig.builder().messagesPerSecond(1).build()), UnaryOperator.identity())) {
            RestAnswer answer = limited.as("alice").post("/v1/messages", HELLO);
            for (int i = 0; i < 20 && answer.status() < 300; i++) {
                answer = limited.as("alice").post("/v1/messages", HELLO);
            }

            assertThat(answer.isProblem(429, "rate_limited").header("Retry-After"))
                    .isEqualTo("1");
        }
    }
}
