package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.socket.client.Socket;
import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.redis.testing.RedisServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The original's overall flow, drawn between A, B, the web application, the nodes IM1 and IM2, REDIS and DYNAMO: each
 * step of it under its name, on two nodes. Here the nodes are the web application as well.
 */
@ExtendWith(DynamoServers.class)
class OverallFlowTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TABLE = "overall-" + System.nanoTime();

    private final List<JSONObject> atA = new CopyOnWriteArrayList<>();

    private static CommandRun node(RedisServer redis, DynamoEndpoint dynamo) {
        return CommandRun.of(
                "--port=0",
                "--auth-secret=" + SECRET,
                "--redis=" + redis.url(),
                "--dynamo=" + dynamo.uri(),
                "--table=" + TABLE);
    }

    @Test
    void theOverallFlowWorksAsDrawn(DynamoEndpoint dynamo) throws Exception {
        try (RedisServer redis = RedisServer.builder().start();
                CommandRun im1 = node(redis, dynamo);
                CommandRun im2 = node(redis, dynamo);
                DynamoDbAsyncClient table = dynamo.client()) {
            Rest a = httpGetLoginChecksValidity(im1.port(), "a");
            httpPutSetProfileA(a);
            setCache(redis);
            saveProfileA(table);
            Socket socketOfA = connectSocketIo(im1.port(), a.token(), atA);
            subscribeA(redis);
            Rest b = httpGetLoginChecksValidity(im2.port(), "b");
            createChatroom(b);
            getProfileAFromTheCache(b, redis);
            Socket socketOfB = connectSocketIo(im2.port(), b.token(), new CopyOnWriteArrayList<>());
            try {
                msgToIm2IsAcknowledged(socketOfB);
                dynamoHasMsg(table);
                im1DeliversMsgToA();
            } finally {
                socketOfA.close();
                socketOfB.close();
            }
        }
    }

    /** A → WebApp: login; WebApp → DB: check validity; OK. */
    private static Rest httpGetLoginChecksValidity(int port, String user) throws Exception {
        Rest known = new Rest(port, SignInHelp.token(port, user));
        HttpResponse<String> wrong =
                new Rest(port, "").post("/v1/login", "{\"user\":\"" + user + "\",\"password\":\"another password\"}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        return known;
    }

    /** A → WebApp: HTTP PUT (Set Profile A). */
    private static void httpPutSetProfileA(Rest a) throws Exception {
        assertThat(a.put("/v1/profiles/me", "{\"name\":\"Profile A\"}").statusCode())
                .isEqualTo(200);
    }

    /** WebApp → REDIS: Set Cache. */
    private static void setCache(RedisServer redis) {
        await().untilAsserted(() ->
                assertThat(redis.command("GET", "chat:{u:a}:p")).asString().contains("Profile A"));
    }

    /** WebApp → DYNAMO: Save Profile A. */
    private static void saveProfileA(DynamoDbAsyncClient table) throws Exception {
        Map<String, AttributeValue> item = table.getItem(get -> get.tableName(TABLE)
                        .key(Map.of("pk", AttributeValue.fromS("U#a"), "sk", AttributeValue.fromS("PROFILE"))))
                .get()
                .item();
        assertThat(item).containsEntry("name", AttributeValue.fromS("Profile A"));
    }

    /** A → IM1: connect (socket.io); B does so before "msg". */
    private static Socket connectSocketIo(int port, String token, List<JSONObject> received) {
        return ConfirmingSocket.connect(port, token, received);
    }

    /** IM1 → REDIS: SUBSCRIBE A. */
    private static void subscribeA(RedisServer redis) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat((List<?>) redis.command("PUBSUB", "NUMSUB", "chat:{u:a}"))
                        .last()
                        .asString()
                        .isEqualTo("1"));
    }

    /** B → B: create chatroom. */
    private static void createChatroom(Rest b) throws Exception {
        assertThat(b.post("/v1/rooms", "{\"id\":\"chatroom\",\"name\":\"Chatroom\",\"members\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(201);
    }

    /** B → WebApp: Get Profile A (HTTP); WebApp → REDIS: GetProfile A; 200 OK (JSON). */
    private static void getProfileAFromTheCache(Rest b, RedisServer redis) throws Exception {
        // Only the cache has this name.
        String cached = String.valueOf(redis.command("GET", "chat:{u:a}:p"));
        redis.command("SET", "chat:{u:a}:p", cached.replace("Profile A", "Cached A"), "KEEPTTL");

        HttpResponse<String> profile = b.get("/v1/profiles/a");

        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(new JSONObject(profile.body()).getString("name")).isEqualTo("Cached A");
    }

    /** B → IM2: "msg" (socket.io). */
    private static void msgToIm2IsAcknowledged(Socket b) {
        List<JSONObject> acks = new CopyOnWriteArrayList<>();
        JSONObject message =
                new JSONObject(Map.of("EvtType", "message", "To", "a", "MsgID", "msg", "Text", "the text of msg"));
        b.emit("chat", new Object[] {message}, answer -> acks.add((JSONObject) answer[0]));
        await().atMost(Duration.ofSeconds(30)).until(() -> !acks.isEmpty());
        assertThat(acks.get(0).optBoolean("ok")).as(acks.toString()).isTrue();
    }

    /** IM2 → DYNAMO: set "msg" (backup). It was there before the acknowledgement. */
    private static void dynamoHasMsg(DynamoDbAsyncClient table) throws Exception {
        List<String> messages = table
                .query(query -> query.tableName(TABLE)
                        .keyConditionExpression("pk = :conversation AND begins_with(sk, :message)")
                        .expressionAttributeValues(Map.of(
                                ":conversation",
                                AttributeValue.fromS("C#a~b"),
                                ":message",
                                AttributeValue.fromS("M#"))))
                .get()
                .items()
                .stream()
                .map(Map::toString)
                .collect(Collectors.toList());
        assertThat(messages).singleElement().asString().contains("the text of msg");
    }

    /** IM2 → REDIS: PUBLISH A "msg"; REDIS → IM1: "msg"; IM1 → A: "msg" (socket.io). */
    private void im1DeliversMsgToA() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(atA)
                        .filteredOn(event -> event.optString("MsgID").equals("msg"))
                        .singleElement()
                        .satisfies(event -> assertThat(event.getString("Text")).isEqualTo("the text of msg")));
    }
}
