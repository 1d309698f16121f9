package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G12 and G13: requests for data of other users, and malformed requests. */
class RestAttackTest extends RestCases {
    @BeforeEach
    void something() {
        server.say("alice", "bob", "private");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/call-logs/alice~bob/messages",
        "DELETE, /v1/call-logs/alice~bob",
        "GET, /v1/call-logs/alice~carol/messages",
        "GET, /v1/call-logs/~team/messages",
        "DELETE, /v1/call-logs/~team",
    })
    void G12_foreignConversationsAreAsThoseThatDoNotExist(String method, String path) {
        RestAnswer foreign = as("mallory").send(method, path, null).isProblem(404, "not_found");
        RestAnswer missing = as("mallory")
                .send(method, path.replace("alice~", "adam~").replace("~team", "~none"), null)
                .isProblem(404, "not_found");

        assertThat(foreign.json().get("detail")).isEqualTo(missing.json().get("detail"));
        assertThat(as("bob").get("/v1/call-logs/alice~bob/messages").items("msgId"))
                .containsExactly("private");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer expired",
                "Bearer throw",
                "Bearer fail",
                "Bearer token-alice token-bob",
                "Bearer token-",
                "Bearer token-a~b",
                "Basic dG9rZW4tYWxpY2U6",
                "token-alice",
                "Bearer token-alice,Bearer token-bob",
            })
    void G12_badTokensAreRefused(String authorization) {
        RestClient client = server.client();
        RestAnswer answer = (authorization.isEmpty() ? client : client.with("Authorization", authorization))
                .wrong()
                .get("/v1/call-logs");

        assertThat(answer.isProblem(401, "unauthorized").header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"webchat\"" + (authorization.isEmpty() ? "" : ", error=\"invalid_token\""));
        assertThat(answer.raw().body()).doesNotContain("secret");
    }

    @Test
    void G12_aTokenInTheQueryIsIgnored() {
        server.client().wrong().get("/v1/call-logs?token=token-alice").isProblem(401, "unauthorized");
        server.client()
                .with("Authorization", "Bearer down")
                .get("/v1/call-logs")
                .isProblem(503, "unavailable");
        server.client()
                .with("Authorization", "bearer token-alice")
                .wrong()
                .get("/v1/call-logs")
                .is(200);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/call-logs, 'GET, HEAD'",
        "PATCH, /v1/call-logs, 'GET, HEAD'",
        "DELETE, /v1/call-logs, 'GET, HEAD'",
        "GET, /v1/call-logs/alice~bob, DELETE",
        "OPTIONS, /v1/call-logs/alice~bob/messages, 'GET, HEAD'",
        "BREW, /v1/call-logs/alice~bob/messages, 'GET, HEAD'",
    })
    void G13_wrongMethodsAreRefused(String method, String path, String allowed) {
        assertThat(as("alice")
                        .wrong()
                        .send(method, path, null)
                        .isProblem(405, "bad_request")
                        .header("Allow"))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v2/call-logs",
                "/v1/call-logs/",
                "/v1//call-logs",
                "/v1/./call-logs",
                "/v1/x/../call-logs",
                "/v1/%2e%2e/v1/call-logs",
                "/v1/call-logs/alice~bob%2Fmessages",
                "/v1%2Fcall-logs",
                "/v1/call-logs/alice~bob/messages/",
                "/v1/call-logs/alice~bob/messages/x",
                "/v1/call-logs//messages",
                "/V1/call-logs",
                "/v1/call-logs;x=1",
                "/v1/call-logs/alice%7Ebob%00/messages",
                "/v1/call-logs/bob~alice/messages",
                "/v1/call-logs/alice/messages",
                "/v1/call-logs/~/messages",
                "/v1/call-logs/a~b~c/messages",
                "/v1/call-logs/alice%257Ebob/messages",
                "/v1/call-logs/%ff%fe~bob/messages",
                "/v1/call-logs/alice~bob%5C..%5C/messages",
            })
    void G13_malformedPathsAreNotFound(String path) {
        as("alice").wrong().get(path).isProblem(404, "not_found");
    }

    @Test
    void encodedIdsAreTheSameIds() {
        assertThat(as("alice").get("/v1/call-logs/alice%7Ebob/messages").items("msgId"))
                .containsExactly("private");
    }

    @Test
    void G13_largeBodiesAreRefusedAndTheServerGoesOn() {
        as("alice").wrong().post("/v1/messages", "x".repeat(70_000)).isProblem(413, "too_large");
        RestAnswer huge = as("alice").wrong().post("/v1/messages", "x".repeat(600_000));
        assertThat(huge.is(413).json().get("code").asText()).isEqualTo("too_large");
        as("alice").get("/v1/call-logs").is(200);
    }
}
