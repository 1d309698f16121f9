package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits, deletions and reactions over REST, and the history afterwards. */
abstract class AmendmentCases extends RestCases {
    private static final String MESSAGE = "/v1/call-logs/alice~bob/messages/alice/m1";

    private void send(String text) {
        as("alice")
                .post("/v1/messages", "{\"to\":\"bob\",\"text\":\"" + text + "\",\"msgId\":\"m1\"}")
                .is(201);
    }

    private JsonNode history(String reader) {
        return as(reader).get("/v1/call-logs/alice~bob/messages").is(200).json().at("/items/0");
    }

    @Test
    void G17_theHistoryShowsTheNewestContentAndWhenItCame() {
        send("Helo");

        RestAnswer first = as("alice")
                .put(MESSAGE.replace("/alice/", "/me/"), "{\"text\":\"Hello\",\"data\":{\"a\":1},\"msgId\":\"e1\"}")
                .is(200);
        RestAnswer again = as("alice")
                .put(MESSAGE, "{\"text\":\"Hello\",\"data\":{\"a\":1},\"msgId\":\"e1\"}")
                .is(200);

        assertThat(again.json()).isEqualTo(((ObjectNode) first.json()).put("duplicate", true));
        JsonNode message = history("bob");
        assertThat(message.get("text").asText()).isEqualTo("Hello");
        assertThat(message.at("/data/a").asInt()).isEqualTo(1);
        assertThat(message.get("editedAt")).isEqualTo(first.json().get("storedAt"));
        as("alice").put(MESSAGE, "{\"text\":\"other\",\"msgId\":\"e1\"}").isProblem(409, "conflict");
    }

    @Test
    void G17_aDeletedMessageKeepsItsPlaceWithoutItsContent() {
        send("secret");

        RestAnswer deleted = as("alice").delete(MESSAGE + "?msgId=d1").is(200);

        assertThat(as("alice")
                        .delete(MESSAGE + "?msgId=d1")
                        .is(200)
                        .json()
                        .get("duplicate")
                        .asBoolean())
                .isTrue();
        JsonNode message = history("bob");
        assertThat(message.get("text").asText()).isEmpty();
        assertThat(message.get("deletedAt")).isEqualTo(deleted.json().get("storedAt"));
        assertThat(message.get("deletedBy").asText()).isEqualTo("alice");
        assertThat(as("bob").get("/v1/call-logs").is(200).json().at("/items/0/lastMessage"))
                .isEqualTo(message);
        as("alice").put(MESSAGE, "{\"text\":\"x\"}").isProblem(404, "not_found");
    }

    @Test
    void G17_reactionsAreCountedAndTakenBack() {
        send("text");

        as("bob")
                .post(MESSAGE + "/reactions", "{\"reaction\":\"👍\",\"msgId\":\"r1\"}")
                .is(200);
        as("alice").post(MESSAGE + "/reactions", "{\"reaction\":\"👍\"}").is(200);
        JsonNode reactions = history("bob").get("reactions");
        assertThat(reactions.at("/0/reaction").asText()).isEqualTo("👍");
        assertThat(reactions.at("/0/count").asInt()).isEqualTo(2);
        assertThat(reactions.at("/0/users/0").asText()).isEqualTo("bob");

        as("bob")
                .post(MESSAGE + "/reactions", "{\"reaction\":\"👍\",\"remove\":true}")
                .is(200);
        as("alice")
                .post(MESSAGE + "/reactions", "{\"reaction\":\"👍\",\"remove\":true}")
                .is(200);
        assertThat(history("bob").has("reactions")).isFalse();
    }

    @Test
    void G12_nobodyChangesForeignMessages() {
        send("text");

        as("bob").put(MESSAGE, "{\"text\":\"forged\"}").isProblem(403, "forbidden");
        as("bob").delete(MESSAGE).isProblem(403, "forbidden");
        as("mallory").put(MESSAGE, "{\"text\":\"forged\"}").isProblem(404, "not_found");
        as("mallory").delete(MESSAGE).isProblem(404, "not_found");
        as("mallory").post(MESSAGE + "/reactions", "{\"reaction\":\"+\"}").isProblem(404, "not_found");
        as("alice").delete(MESSAGE.replace("m1", "m2")).isProblem(404, "not_found");
        assertThat(history("bob").get("text").asText()).isEqualTo("text");
    }

    @Test
    void anOwnerDeletesInARoom() {
        as("alice")
                .post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}")
                .is(201);
        as("bob")
                .post("/v1/messages", "{\"room\":\"team\",\"text\":\"x\",\"msgId\":\"m1\"}")
                .is(201);

        as("alice").delete("/v1/call-logs/~team/messages/bob/m1").is(200);

        assertThat(as("bob")
                        .get("/v1/call-logs/~team/messages")
                        .is(200)
                        .json()
                        .at("/items/0/deletedBy")
                        .asText())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT||{\"text\":\"x\",\"mood\":1}|400|mood",
                "PUT||{\"text\":\"x\",\"type\":\"a\"}|400|type",
                "PUT||{}|400|Text",
                "POST|/reactions|{}|400|reaction",
                "POST|/reactions|{\"reaction\":\"\"}|400|Reaction",
                "POST|/reactions|{\"reaction\":\"123456789012345678901234567890123\"}|413|Reaction",
                "POST|/reactions|{\"reaction\":\"+\",\"remove\":\"yes\"}|400|remove",
                "POST|/reactions|{\"reaction\":\"+\",\"text\":\"x\"}|400|text"
            })
    void G18_whatCannotBeKeptIsRefusedByName(String method, String path, String body, int status, String named) {
        send("text");
        String at = MESSAGE + (path == null ? "" : path);

        RestAnswer answer = method.equals("PUT")
                ? as("alice").wrong().put(at, body)
                : as("alice").wrong().post(at, body);

        assertThat(answer.is(status).json().get("detail").asText()).contains(named);
    }
}
