package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.webchat.socketio.testkit.RawSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G12 and G13: requests with forged parameters, cursors, header fields and bodies. */
class RestTamperingTest extends RestCases {
    private static final String OWN = "/v1/call-logs/bob~mallory/messages";

    @BeforeEach
    void something() {
        server.say("alice", "bob", "a1");
        server.say("alice", "bob", "a2");
        server.say("alice", "carol", "a3");
        server.say("mallory", "bob", "m1");
        server.say("mallory", "bob", "m2");
    }

    @Test
    void G12_aCursorOfAnotherUserShowsOnlyOwnMessages() {
        String ofList = as("alice").get("/v1/call-logs?limit=1").next();
        String ofLog =
                as("alice").get("/v1/call-logs/alice~bob/messages?limit=1").next();

        assertThat(as("mallory").get("/v1/call-logs?cursor=" + ofList).items("peer"))
                .isSubsetOf("bob");
        for (String direction : List.of("before", "after")) {
            String query = "?" + direction + "=" + ofLog;
            assertThat(as("mallory").get(OWN + query).items("msgId")).isSubsetOf("m1", "m2");
            as("mallory").get("/v1/call-logs/alice~bob/messages" + query).isProblem(404, "not_found");
        }
    }

    @Test
    void G13_aForgedCursorIsRefusedOrShowsOnlyOwnMessages() {
        for (String cursor : forgedCursors(as("mallory").get(OWN + "?limit=1").next())) {
            for (String path :
                    List.of(OWN + "?before=", OWN + "?after=", "/v1/call-logs?cursor=", "/v1/rooms?cursor=")) {
                RestAnswer answer = as("mallory").wrong().get(path + cursor);

                assertThat(answer.status()).as(path + cursor).isIn(200, 400);
                assertThat(answer.raw().body()).doesNotContain("alice", "carol");
            }
        }
    }

    private static List<String> forgedCursors(String genuine) {
        List<String> forged = new ArrayList<>();
        for (int i = 0; i < genuine.length(); i++) {
            forged.add(genuine.substring(0, i));
            forged.add(genuine.substring(0, i) + (genuine.charAt(i) == 'A' ? 'B' : 'A') + genuine.substring(i + 1));
        }
        for (long time : new long[] {Long.MIN_VALUE, -1, 0, 1L << 53, Long.MAX_VALUE}) {
            forged.add(encoded(time + " alice~bob"));
            forged.add(encoded(time + " ~room"));
            forged.add(encoded(time + " alice a1"));
            forged.add(encoded(time + " mallory a1"));
        }
        forged.add(encoded("1 alice~bob 2"));
        forged.add(encoded("{\"$gt\":0}"));
        forged.add("A".repeat(4000));
        return forged;
    }

    private static String encoded(String plain) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void G13_theFirstOfTwoEqualParametersCounts() {
        assertThat(as("mallory").wrong().get(OWN + "?limit=1&limit=200").is(200).items("msgId"))
                .hasSize(1);
        as("mallory").wrong().get(OWN + "?limit=1000&limit=1").isProblem(400, "bad_request");
        assertThat(as("mallory")
                        .wrong()
                        .get(OWN + "?user=alice&from=alice&conversationId=alice~bob")
                        .items("msgId"))
                .containsOnly("m1", "m2");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, X-HTTP-Method-Override, DELETE, 200",
        "GET, X-Method-Override, DELETE, 200",
        "GET, X-Original-URL, /v1/call-logs/alice~bob/messages, 200",
        "GET, X-Rewrite-URL, /v1/call-logs/alice~bob/messages, 200",
        "GET, X-Forwarded-User, alice, 200",
        "POST, X-HTTP-Method-Override, DELETE, 405",
    })
    void G12_aFieldChangesNeitherMethodNorPathNorUser(String method, String field, String value, int status) {
        RestAnswer answer = as("mallory").wrong().with(field, value).send(method, OWN + "?_method=DELETE", null);

        answer.is(status);
        assertThat(as("mallory").get(OWN).items("msgId")).containsOnly("m1", "m2");
        assertThat(as("alice").get("/v1/call-logs/alice~bob/messages").items("msgId"))
                .containsOnly("a1", "a2");
    }

    @Test
    void G12_aRequestWithTwoTokensIsUnauthenticated() throws Exception {
        String head =
                raw("GET", OWN, "Authorization: Bearer token-mallory\r\nauthorization: Bearer token-alice\r\n", "");

        assertThat(head).startsWith("HTTP/1.1 401");
    }

    @Test
    void G13_compressedBodiesAreRefused() {
        String json = "{\"to\":\"bob\",\"text\":\"x\",\"msgId\":\"packed\"}";
        for (String coding : List.of("gzip", "deflate", "br", "identity, gzip")) {
            as("mallory")
                    .wrong()
                    .with("Content-Encoding", coding)
                    .post("/v1/messages", json)
                    .isProblem(415, "bad_request");
        }
        as("mallory")
                .with("Content-Encoding", "identity")
                .post("/v1/messages", json)
                .is(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/messages", "/v1/rooms"})
    void G13_deepAndDoubleFieldsAreRefused(String path) {
        for (String more : List.of(
                "\"d\":" + "[".repeat(20_000) + "]".repeat(20_000),
                "\"d\":" + "{\"d\":".repeat(5_000) + "1" + "}".repeat(5_000),
                "\"to\":\"carol\"",
                "\"name\":\"y\"",
                "\"__proto__\":{},\"d\":" + "9".repeat(1_000))) {
            String body = "{\"to\":\"bob\",\"name\":\"x\",\"text\":\"x\"," + more + "}";
            as("mallory").wrong().post(path, body).isProblem(400, "bad_request");
        }
        assertThat(as("mallory").get("/v1/rooms").items("id")).isEmpty();
    }

    @Test
    void G13_lineEndsInNamesAndIdsReachNoHeader() throws Exception {
        String name = "x\r\nSet-Cookie: a=b\r\n\r\n<p>";
        JsonNode json = RestJson.object().put("name", name);
        assertThat(as("mallory")
                        .wrong()
                        .post("/v1/rooms", json.toString())
                        .isProblem(400, "bad_request")
                        .header("Set-Cookie"))
                .isEmpty();
        assertThat(as("mallory")
                        .wrong()
                        .put("/v1/profiles/me", json.toString())
                        .isProblem(400, "bad_request")
                        .header("Set-Cookie"))
                .isEmpty();

        String id = RestJson.object().put("id", "r" + name).put("name", "x").toString();
        assertThat(as("mallory")
                        .wrong()
                        .post("/v1/rooms", id)
                        .isProblem(400, "bad_request")
                        .header("Location"))
                .isEmpty();
        assertThat(raw("GET", "/v1/rooms/r%0d%0aSet-Cookie:%20a=b", token(), ""))
                .startsWith("HTTP/1.1 404")
                .doesNotContainIgnoringCase("set-cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Request-Id: a\r\n Set-Cookie: a=b\r\n",
                "X-Request-Id: a\rSet-Cookie: a=b\r\n",
                "X-Request-Id: a\0\r\n",
                "Origin: " + RestTestServer.FRIEND + "\r\n Set-Cookie: a=b\r\n",
                "Origin: " + RestTestServer.FRIEND + "\rSet-Cookie: a=b\r\n",
            })
    void G13_foldedAndBrokenFieldsAreNotSentBack(String field) throws Exception {
        String head = raw("GET", OWN, token() + field, "");

        assertThat(head).doesNotContainIgnoringCase("set-cookie").doesNotContain("\0");
        as("mallory").get(OWN).is(200);
    }

    private static String token() {
        return "Authorization: Bearer token-mallory\r\n";
    }

    private String raw(String method, String target, String fields, String body) throws Exception {
        try (RawSocket raw = new RawSocket(server.server.port())) {
            raw.write(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields + "\r\n" + body);
            return raw.head();
        }
    }
}
