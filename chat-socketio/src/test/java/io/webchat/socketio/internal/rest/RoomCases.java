package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms and their members. */
abstract class RoomCases extends RestCases {
    private static final String TEAM = "{\"id\":\"team\",\"name\":\"The team\",\"members\":[\"bob\"]}";

    @Test
    void aRoomIsCreatedFoundAndListed() {
        RestAnswer created = as("alice").post("/v1/rooms", TEAM).is(201);

        assertThat(created.header("Location")).isEqualTo("/v1/rooms/team");
        assertThat(created.json().at("/members/0/userId").asText()).isEqualTo("alice");
        assertThat(created.json().at("/members/0/role").asText()).isEqualTo("owner");
        assertThat(created.json().at("/members/1/role").asText()).isEqualTo("member");
        assertThat(created.json().get("open").asBoolean()).isFalse();
        assertThat(as("bob").get("/v1/rooms/team").is(200).json()).isEqualTo(created.json());
        assertThat(as("bob").get("/v1/rooms").is(200).items("role")).containsExactly("member");
        assertThat(as("alice").get("/v1/rooms").is(200).items("name")).containsExactly("The team");
        as("alice").post("/v1/rooms", TEAM).is(201);
        as("mallory").post("/v1/rooms", TEAM).isProblem(409, "conflict");
    }

    @Test
    void aRoomWithoutAnIdGetsOne() {
        RestAnswer created = as("alice")
                .post("/v1/rooms", "{\"name\":\"Any\",\"open\":true}")
                .is(201);

        String id = created.json().get("id").asText();
        assertThat(created.json().get("open").asBoolean()).isTrue();
        assertThat(as("alice").get("/v1/rooms").items("id")).containsExactly(id);
    }

    @Test
    void roomsAreListedByPages() {
        for (String id : List.of("e", "a", "d", "b", "c")) {
            as("alice")
                    .post("/v1/rooms", "{\"id\":\"" + id + "\",\"name\":\"x\"}")
                    .is(201);
        }
        List<String> seen = new ArrayList<>();
        RestAnswer page = as("alice").get("/v1/rooms?limit=2").is(200);
        seen.addAll(page.items("id"));
        while (!page.last()) {
            page = as("alice").get("/v1/rooms?limit=2&cursor=" + page.next()).is(200);
            seen.addAll(page.items("id"));
        }

        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        for (String bad : List.of("cursor=*", "cursor=AAAA", "limit=0", "cursor=_____w")) {
            as("alice").wrong().get("/v1/rooms?" + bad).isProblem(400, "bad_request");
        }
    }

    @Test
    void ownersAddAndRemoveOthersGoByThemselves() {
        as("alice").post("/v1/rooms", TEAM).is(201);

        as("alice").put("/v1/rooms/team/members/carol").is(204);
        as("alice").put("/v1/rooms/team/members/bob", "{\"role\":\"owner\"}").is(204);
        as("alice").put("/v1/rooms/team/members/bob", "{\"role\":\"owner\"}").is(204);
        assertThat(as("carol")
                        .get("/v1/rooms/team")
                        .is(200)
                        .json()
                        .at("/members/1/role")
                        .asText())
                .isEqualTo("owner");
        as("bob").delete("/v1/rooms/team/members/alice").is(204);
        as("alice").get("/v1/rooms/team").isProblem(404, "not_found");
        as("bob").put("/v1/rooms/team/members/bob", "{\"role\":\"member\"}").isProblem(409, "conflict");
        as("bob").delete("/v1/rooms/team/members/me").is(204);
        assertThat(as("carol")
                        .get("/v1/rooms/team")
                        .is(200)
                        .json()
                        .at("/members/0/role")
                        .asText())
                .isEqualTo("owner");
        as("carol").delete("/v1/rooms/team/members/carol").is(204);
        as("carol").get("/v1/rooms/team").isProblem(404, "not_found");
    }

    @Test
    void anOwnerUpdatesTheDetailsAndTheDataComeBackAsTheyWere() {
        as("alice").post("/v1/rooms", TEAM).is(201);
        String data = "{\"topic\": \"news 😀\", \"ratio\":1.10, \"big\":12345678901234567890123}";

        RestAnswer updated = as("alice")
                .patch(
                        "/v1/rooms/team",
                        "{\"name\":\"News\",\"picture\":\"/n.png\",\"joinRole\":\"reader\",\"data\":" + data + "}")
                .is(200);

        assertThat(updated.raw().body()).contains("\"data\":" + data).contains("\"joinRole\":\"reader\"");
        assertThat(as("bob").get("/v1/rooms/team").is(200).raw().body())
                .isEqualTo(updated.raw().body());
        assertThat(as("bob").get("/v1/rooms").is(200).items("picture")).containsExactly("/n.png");
        RestAnswer renamed =
                as("alice").patch("/v1/rooms/team", "{\"name\":\"Old\"}").is(200);
        assertThat(renamed.raw().body()).contains("\"name\":\"Old\"").contains("\"data\":" + data);
        as("bob").patch("/v1/rooms/team", "{\"name\":\"Mine\"}").isProblem(403, "forbidden");
        as("mallory").patch("/v1/rooms/team", "{\"name\":\"Mine\"}").isProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"picture\":\"javascript:alert(1)\"}",
                "{\"joinRole\":\"owner\"}",
                "{\"joinRole\":\"king\"}",
                "{\"data\":[]}",
                "{\"data\":\"text\"}",
                "{\"colour\":\"green\"}",
                "{\"open\":true}"
            })
    void G18_aMalformedUpdateIsRefused(String body) {
        as("alice").post("/v1/rooms", TEAM).is(201);

        as("alice").wrong().patch("/v1/rooms/team", body).isProblem(400, "bad_request");
    }

    @Test
    void G18_aMisspeltFieldIsNamed() {
        as("alice").post("/v1/rooms", TEAM).is(201);

        assertUnknown("opne", as("alice").wrong().post("/v1/rooms", "{\"name\":\"Open\",\"opne\":true}"));
        assertUnknown("rol", as("alice").wrong().put("/v1/rooms/team/members/bob", "{\"rol\":\"owner\"}"));
        assertUnknown("x", as("alice").wrong().put("/v1/settings", "{\"roomAdditions\":\"ask\",\"x\":1}"));
    }

    private static void assertUnknown(String field, RestAnswer answer) {
        assertThat(answer.isProblem(400, "bad_request").raw().body()).contains("unknown field " + field);
    }

    @Test
    void aReaderIsToldThatTheyCannotWrite() {
        as("alice").post("/v1/rooms", TEAM).is(201);
        as("alice").put("/v1/rooms/team/members/bob", "{\"role\":\"reader\"}").is(204);

        RestAnswer refused = as("bob").post("/v1/messages", "{\"room\":\"team\",\"text\":\"hi\"}");
        assertThat(refused.isProblem(403, "forbidden").raw().body()).contains("you are a reader of this room");
    }

    @Test
    void whoAsksToBeAskedAcceptsOrDeclinesInvitations() {
        assertThat(as("bob")
                        .get("/v1/settings")
                        .is(200)
                        .json()
                        .get("roomAdditions")
                        .asText())
                .isEqualTo("allow");
        as("bob").put("/v1/settings", "{\"roomAdditions\":\"ask\"}").is(200);
        assertThat(as("bob")
                        .get("/v1/settings")
                        .is(200)
                        .json()
                        .get("roomAdditions")
                        .asText())
                .isEqualTo("ask");
        assertThat(as("alice").post("/v1/rooms", TEAM).is(201).json().get("members"))
                .hasSize(1);

        RestAnswer invitations = as("bob").get("/v1/invitations").is(200);
        assertThat(invitations.items("id")).containsExactly("team");
        assertThat(invitations.items("invitedBy")).containsExactly("alice");
        as("bob").get("/v1/rooms/team").isProblem(404, "not_found");
        as("bob").delete("/v1/rooms/team/members/me").is(204);
        assertThat(as("bob").get("/v1/invitations").is(200).items("id")).isEmpty();
        as("bob").put("/v1/rooms/team/members/me").isProblem(404, "not_found");

        RestAnswer again = as("alice").put("/v1/rooms/team/members/bob").is(202);
        assertThat(again.json().get("invited").asBoolean()).isTrue();
        as("bob").put("/v1/rooms/team/members/me").is(204);
        as("bob").get("/v1/rooms/team").is(200);
    }

    @Test
    void G12_aBlockedUserNeitherAddsNorInvites() {
        as("bob").put("/v1/blocks/alice").is(204);

        as("alice").post("/v1/rooms", TEAM).isProblem(403, "forbidden");
        as("alice").post("/v1/rooms", "{\"id\":\"team\",\"name\":\"The team\"}").is(201);
        as("alice").put("/v1/rooms/team/members/bob").isProblem(403, "forbidden");
        assertThat(as("bob").get("/v1/rooms").is(200).items("id")).isEmpty();
        assertThat(as("bob").get("/v1/invitations").is(200).items("id")).isEmpty();
    }

    @Test
    void G13_unknownSettingsAreRefused() {
        for (String json : List.of("{}", "{\"roomAdditions\":\"never\"}", "{\"roomAdditions\":true}", "[]", "{")) {
            as("alice").wrong().put("/v1/settings", json).isProblem(400, "bad_request");
        }
    }

    @Test
    void namesCountCodePoints() {
        String name = "\ud83d\ude00".repeat(100);

        assertThat(as("alice")
                        .post("/v1/rooms", "{\"name\":\"" + name + "\"}")
                        .is(201)
                        .json()
                        .get("name")
                        .asText())
                .isEqualTo(name);
        as("alice").wrong().post("/v1/rooms", "{\"name\":\"" + name + "x\"}").isProblem(400, "bad_request");
        for (String invisible : List.of("\u200b", "\u3164", "\u2800", "\u2060", "a\\u0000b", "a\\nb")) {
            as("alice")
                    .wrong()
                    .post("/v1/rooms", "{\"name\":\"" + invisible + "\"}")
                    .isProblem(400, "bad_request");
        }
    }

    @Test
    void everyUserMayJoinAnOpenRoom() {
        as("alice")
                .post("/v1/rooms", "{\"id\":\"plaza\",\"name\":\"Plaza\",\"open\":true}")
                .is(201);

        as("dave").get("/v1/rooms/plaza").isProblem(404, "not_found");
        as("dave").put("/v1/rooms/plaza/members/dave").is(204);
        assertThat(as("dave").get("/v1/rooms/plaza").is(200).json().get("members"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "mallory, GET, /v1/rooms/team, 404",
        "mallory, PUT, /v1/rooms/team/members/mallory, 404",
        "mallory, PUT, /v1/rooms/team/members/carol, 404",
        "mallory, DELETE, /v1/rooms/team/members/bob, 404",
        "mallory, DELETE, /v1/rooms/team/members/mallory, 404",
        "bob, PUT, /v1/rooms/team/members/carol, 403",
        "bob, DELETE, /v1/rooms/team/members/alice, 403",
    })
    void G12_nobodyChangesOrSeesAForeignRoom(String user, String method, String path, int status) {
        as("alice").post("/v1/rooms", TEAM).is(201);

        RestAnswer answer =
                as(user).send(method, path, null).isProblem(status, status == 404 ? "not_found" : "forbidden");

        if (status == 404) {
            RestAnswer missing = as(user).send(method, path.replace("team", "none"), null);
            assertThat(missing.isProblem(404, "not_found").json().get("detail"))
                    .isEqualTo(answer.json().get("detail"));
        }
        assertThat(as("alice").get("/v1/rooms/team").json().get("members")).hasSize(2);
    }

    @Test
    void G12_aMemberMakesNobodyAnOwner() {
        as("alice").post("/v1/rooms", TEAM).is(201);

        as("bob").put("/v1/rooms/team/members/bob", "{\"role\":\"owner\"}").isProblem(403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\"}",
                "{\"name\":null}",
                "{\"name\":5}",
                "{\"name\":[\"x\"]}",
                "{\"name\":\"x\",\"id\":\"a b\"}",
                "{\"name\":\"x\",\"id\":\"a/b\"}",
                "{\"name\":\"x\",\"id\":7}",
                "{\"name\":\"x\",\"open\":\"yes\"}",
                "{\"name\":\"x\",\"members\":\"bob\"}",
                "{\"name\":\"x\",\"members\":[5]}",
                "{\"name\":\"x\",\"members\":[\"a~b\"]}",
                "{\"name\":\"x\",\"members\":[\"me\"]}",
                "{\"name\":\"x\",\"members\":[[\"bob\"]]}",
                "{\"name\":\"\\ud800\"}",
            })
    void G13_roomsOfAWrongFormAreRefused(String json) {
        as("alice").wrong().post("/v1/rooms", json).isProblem(400, "bad_request");
    }

    @Test
    void G13_unknownRolesAreRefused() {
        as("alice").post("/v1/rooms", TEAM).is(201);

        for (String json : List.of("{\"role\":\"king\"}", "{\"role\":1}", "[]", "\"owner\"", "{")) {
            as("alice").wrong().put("/v1/rooms/team/members/bob", json).isProblem(400, "bad_request");
        }
    }
}
