package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.UserId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                .post("/v1/messages", "{\"from\":\"alice\",\"to\":\"bob\",\"text\":\"x\",\"msgId\":\"m1\"}")
                .is(201);

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
