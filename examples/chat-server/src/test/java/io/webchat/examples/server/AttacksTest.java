package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What ann and bob have, they have through one node; mallory asks for it through that one and through another, which
 * has all of it from Redis and DynamoDB.
 */
@ExtendWith({RedisServers.class, DynamoServers.class})
class AttacksTest {
    private static final String RUN = Long.toString(System.nanoTime(), 36);
    private static final String ANN = "ann-" + RUN;
    private static final String BOB = "bob-" + RUN;
    private static final String MALLORY = "mallory-" + RUN;
    private static final String ROOM = "room-" + RUN;
    private static final String LOG = "/v1/call-logs/" + ANN + "~" + BOB;
    private static final String ROOM_LOG = "/v1/call-logs/~" + ROOM + "/messages";
    private static final String MEMBERS = "/v1/rooms/" + ROOM + "/members/";

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static Nodes nodes;

    private record Attack(String who, String method, String path, String body, int answer) {}

    @BeforeAll
    static void start(RedisEndpoint redis, DynamoEndpoint dynamo) throws Exception {
        nodes = new LocalNodes(2, "--redis=" + redis.url(), "--dynamo=" + dynamo.uri(), "--table=attacks-" + RUN);
        Rest ann = nodes.rest(0, ANN);
        assertThat(ann.put("/v1/profiles/me", "{\"name\":\"Ann\"}").statusCode())
                .isEqualTo(200);
        assertThat(ann.post(
                                "/v1/rooms",
                                json("id", ROOM, "name", "Private")
                                        .put("members", List.of(BOB))
                                        .toString())
                        .statusCode())
                .isEqualTo(201);
        assertThat(ann.post(
                                "/v1/messages",
                                json("to", BOB, "msgId", "m-1", "text", "secret")
                                        .toString())
                        .statusCode())
                .isEqualTo(201);
        assertThat(ann.post(
                                "/v1/messages",
                                json("room", ROOM, "msgId", "r-1", "text", "secret")
                                        .toString())
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void close() {
        if (nodes != null) {
            nodes.close();
        }
    }

    private static JSONObject json(String... pairs) {
        JSONObject object = new JSONObject();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object;
    }

    private static List<Attack> overRest() {
        String owner = "{\"role\":\"owner\"}";
        return List.of(
                new Attack(MALLORY, "GET", LOG + "/messages", "", 404),
                new Attack(MALLORY, "DELETE", LOG, "", 404),
                new Attack(MALLORY, "GET", ROOM_LOG, "", 404),
                new Attack(MALLORY, "DELETE", "/v1/call-logs/~" + ROOM, "", 404),
                new Attack(MALLORY, "GET", "/v1/rooms/" + ROOM, "", 404),
                new Attack(MALLORY, "PUT", MEMBERS + MALLORY, "", 404),
                new Attack(MALLORY, "PUT", MEMBERS + MALLORY, owner, 404),
                new Attack(MALLORY, "DELETE", MEMBERS + BOB, "", 404),
                new Attack(
                        MALLORY,
                        "POST",
                        "/v1/messages",
                        json("room", ROOM, "text", "forged").toString(),
                        404),
                new Attack(MALLORY, "PUT", "/v1/profiles/" + ANN, "{\"name\":\"Forged\"}", 405),
                new Attack(
                        MALLORY,
                        "POST",
                        "/v1/rooms",
                        json("id", ROOM, "name", "Taken").toString(),
                        409),
                new Attack(BOB, "PUT", MEMBERS + MALLORY, "", 403),
                new Attack(BOB, "PUT", MEMBERS + BOB, owner, 403),
                new Attack(BOB, "DELETE", MEMBERS + ANN, "", 403));
    }

    @TestFactory
    Stream<DynamicTest> G12_overRest() {
        return overRest().stream()
                .flatMap(attack -> IntStream.range(0, 2)
                        .mapToObj(node -> dynamicTest(
                                attack.method() + " " + attack.path() + " " + attack.body() + " on node " + node,
                                () -> assertThat(nodes.rest(node, attack.who())
                                                .send(attack.method(), attack.path(), attack.body())
                                                .statusCode())
                                        .isEqualTo(attack.answer()))));
    }

    @Test
    void G12_aFromOverRestIsRefused() throws Exception {
        String forged =
                json("from", ANN, "to", BOB, "msgId", "x-9", "text", "forged").toString();
        assertThat(nodes.rest(1, MALLORY).post("/v1/messages", forged).statusCode())
                .isEqualTo(400);
        assertThat(nodes.rest(0, BOB).get(LOG + "/messages").body())
                .contains("secret")
                .doesNotContain("forged");
    }

    private static Map<JSONObject, List<String>> overTheSocket() {
        return Map.of(
                event("message", "From", ANN, "To", BOB, "MsgID", "x-1", "Text", "forged"), List.of("forbidden"),
                event("message", "Room", ROOM, "MsgID", "x-2", "Text", "forged"), List.of("not_found"),
                event("typing", "Room", ROOM), List.of("not_found"),
                event("delivery", "To", ANN, "MsgID", "m-1"), List.of("not_found"),
                event("display", "To", ANN, "MsgID", "m-1"), List.of("not_found"),
                event("display", "To", ANN, "MsgID", "r-1", "Room", ROOM), List.of("not_found"),
                event("delivery", "From", BOB, "To", ANN, "MsgID", "m-1"), List.of("forbidden"));
    }

    private static JSONObject event(String type, String... pairs) {
        return json(pairs).put("EvtType", type);
    }

    @TestFactory
    Stream<DynamicTest> G12_overTheSocket() {
        return overTheSocket().entrySet().stream()
                .flatMap(attack -> IntStream.range(0, 2)
                        .mapToObj(node -> dynamicTest(attack.getKey() + " on node " + node, () -> {
                            try (Inbox mallory = Inbox.open(nodes, node, MALLORY, "phone", 0)) {
                                JSONObject answer = mallory.ask(attack.getKey());
                                assertThat(answer.getBoolean("ok")).isFalse();
                                assertThat(answer.getString("Code")).isIn(attack.getValue());
                            }
                        })));
    }

    private static Map<String, String> tokens() throws Exception {
        String good = nodes.token(ANN);
        String[] parts = good.split("\\.", -1);
        String other = nodes.token(MALLORY).split("\\.", -1)[1];
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(ANN)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
        return Map.of(
                "none at all", "",
                "of another user under ann's signature", parts[0] + "." + other + "." + parts[2],
                "without a signature", parts[0] + "." + parts[1] + ".",
                "of the algorithm none", new PlainJWT(claims).serialize(),
                "with a key of its own", signed(claims, "a key that no node of this test knows at all"),
                "expired", nodes.expiredToken(ANN),
                "nonsense", Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_8)));
    }

    private static String signed(JWTClaimsSet claims, String key) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(key.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }

    @TestFactory
    Stream<DynamicTest> G12_tokens() throws Exception {
        return tokens().entrySet().stream()
                .flatMap(token -> IntStream.range(0, 2)
                        .mapToObj(node -> dynamicTest(token.getKey() + " on node " + node, () -> {
                            assertThat(nodes.restWith(node, token.getValue())
                                            .get(LOG + "/messages")
                                            .statusCode())
                                    .isEqualTo(401);
                            assertThat(Inbox.knock(nodes.url(node), token.getValue()))
                                    .isEqualTo("unauthorized");
                        })));
    }

    @Test
    void G12_whatIsTheirsReachesThemOnBothNodes() throws Exception {
        for (int node = 0; node < 2; node++) {
            Rest bob = nodes.rest(node, BOB);
            assertThat(bob.get(LOG + "/messages").body()).contains("secret").doesNotContain("forged");
            assertThat(bob.get(ROOM_LOG).body()).contains("secret").doesNotContain("forged");
            assertThat(bob.get("/v1/profiles/" + ANN).body()).contains("\"Ann\"");
            assertThat(Inbox.knock(nodes.url(node), nodes.token(BOB))).isEqualTo("connected");
        }
    }
}
