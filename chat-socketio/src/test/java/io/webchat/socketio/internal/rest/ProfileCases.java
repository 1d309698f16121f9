package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles of users, and the users that they block. */
abstract class ProfileCases extends RestCases {
    @Test
    void aProfileIsReplacedByItsUserAndReadByOthers() {
        as("alice").get("/v1/profiles/alice").isProblem(404, "not_found");
        as("alice").get("/v1/profiles/me").isProblem(404, "not_found");

        RestAnswer put = as("alice")
                .put("/v1/profiles/me", "{\"name\":\"Alice \ud83d\ude00\",\"attributes\":{\"colour\":\"green\"}}")
                .is(200);

        assertThat(put.json().get("userId").asText()).isEqualTo("alice");
        assertThat(as("bob").get("/v1/profiles/alice").is(200).json()).isEqualTo(put.json());
        assertThat(as("alice").get("/v1/profiles/me").is(200).json()).isEqualTo(put.json());
        as("alice").put("/v1/profiles/me", "{\"name\":\"Alice\"}").is(200);
        assertThat(as("bob").get("/v1/profiles/alice").json().get("attributes")).isEmpty();
    }

    @Test
    void meIsTheCallerInEveryPath() {
        as("alice").put("/v1/blocks/me").isProblem(400, "bad_request");
        as("alice").delete("/v1/blocks/me").is(204);
        as("alice").put("/v1/profiles/me", "{\"name\":\"Alice\"}").is(200);
        assertThat(as("alice")
                        .get("/v1/profiles/me")
                        .is(200)
                        .json()
                        .get("userId")
                        .asText())
                .isEqualTo("alice");
    }

    @Test
    void idsOfIdentityProvidersAreFoundEncodedOrNot() {
        String id = "auth0|a+b.c@example.org:x=1";
        as(id).put("/v1/profiles/me", "{\"name\":\"A\"}").is(200);

        for (String path : List.of("auth0%7Ca+b.c@example.org:x=1", "auth0%7ca%2Bb.c%40example.org%3Ax%3D1")) {
            assertThat(as("bob")
                            .get("/v1/profiles/" + path)
                            .is(200)
                            .json()
                            .get("userId")
                            .asText())
                    .isEqualTo(id);
        }
    }

    @ParameterizedTest
    @CsvSource({"PUT, /v1/profiles/bob", "DELETE, /v1/profiles/me", "PATCH, /v1/profiles/me", "POST, /v1/profiles/bob"})
    void G12_nobodyWritesAForeignProfile(String method, String path) {
        as("bob").put("/v1/profiles/me", "{\"name\":\"Bob\"}").is(200);

        RestAnswer refused = as("mallory")
                .wrong()
                .with("Content-Type", "application/json")
                .send(method, path, "{\"name\":\"Mallory\",\"userId\":\"bob\"}")
                .isProblem(405, "bad_request");

        assertThat(refused.header("Allow")).contains("GET, HEAD");
        assertThat(as("mallory").get("/v1/profiles/bob").json().get("name").asText())
                .isEqualTo("Bob");
    }

    @Test
    void G12_aUserIdInTheBodyChangesNothing() {
        as("mallory")
                .wrong()
                .put("/v1/profiles/me", "{\"name\":\"M\",\"userId\":\"bob\"}")
                .is(200);

        as("alice").get("/v1/profiles/bob").isProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"name\"",
                "{} {}",
                "{\"name\":\"x\"}}",
                "{}",
                "{\"name\":\" \"}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":true}",
                "{\"name\":\"x\",\"attributes\":[]}",
                "{\"name\":\"x\",\"attributes\":{\"a b\":\"c\"}}",
                "{\"name\":\"x\",\"attributes\":{\"a\":1}}",
                "{\"name\":\"x\",\"attributes\":{\"a\":null}}",
                "{\"name\":\"x\",\"attributes\":{\"a\":{\"b\":\"c\"}}}",
                "{\"name\":\"\\udfff\"}",
                "{\"name\":\"x\",\"n\":1234567890123456789012345678901234567890}",
                "{'name':'x'}",
                "\u0000",
            })
    void G13_profilesOfAWrongFormAreRefused(String json) {
        as("alice").wrong().put("/v1/profiles/me", json).isProblem(400, "bad_request");
    }

    @Test
    void G13_deepLongAndForeignBodiesAreRefused() {
        String deep = "{\"name\":\"x\",\"d\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        as("alice").wrong().put("/v1/profiles/me", deep).isProblem(400, "bad_request");
        as("alice")
                .wrong()
                .put("/v1/profiles/me", "{\"name\":\"" + "x".repeat(101) + "\"}")
                .isProblem(400, "bad_request");
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart")) {
            as("alice")
                    .wrong()
                    .with("Content-Type", type)
                    .put("/v1/profiles/me", "{\"name\":\"x\"}")
                    .isProblem(415, "bad_request");
        }
        as("alice")
                .wrong()
                .with("Content-Type", "application/json; charset=iso-8859-1")
                .put("/v1/profiles/me", "{\"name\":\"x\"}")
                .isProblem(415, "bad_request");
        as("alice")
                .with("Content-Type", "Application/JSON; charset=UTF-8")
                .wrong()
                .put("/v1/profiles/me", "{\"name\":\"x\"}")
                .is(200);
    }

    @Test
    void blocksAreTheCallersOwn() {
        for (String other : List.of("mallory", "eve", "oscar", "mallory")) {
            as("alice").put("/v1/blocks/" + other).is(204);
        }

        RestAnswer page = as("alice").get("/v1/blocks?limit=2").is(200);
        assertThat(page.items("userId")).containsExactly("eve", "mallory");
        assertThat(as("alice").get("/v1/blocks?limit=2&cursor=" + page.next()).items("userId"))
                .containsExactly("oscar");
        assertThat(as("mallory").get("/v1/blocks").items("userId")).isEmpty();
        as("alice").delete("/v1/blocks/mallory").is(204);
        as("alice").delete("/v1/blocks/mallory").is(204);
        assertThat(as("alice").get("/v1/blocks").items("userId")).containsExactly("eve", "oscar");
        as("alice").put("/v1/blocks/alice").isProblem(400, "bad_request");
        as("alice").wrong().put("/v1/blocks/a~b").isProblem(404, "not_found");
        as("alice").wrong().put("/v1/blocks/~").isProblem(404, "not_found");
    }
}
