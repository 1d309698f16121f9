package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes that share nothing but Redis are one chat: rooms, profiles and blocks are the same on both. */
class SharedRedisTest {
    private static final int A = 0;
    private static final int B = 1;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static RedisServer redis;

    @SuppressWarnings("NullAway.Init")
    private static LocalNodes nodes;

    @BeforeAll
    static void start() {
        redis = RedisServer.builder().start();
        nodes = new LocalNodes(2, "--redis=" + redis.url());
    }

    @AfterAll
    static void stop() {
        if (nodes != null) {
            nodes.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    private static void createRoom(String owner, String id, String member) throws Exception {
        String room = "{\"id\":\"" + id + "\",\"name\":\"The team\",\"members\":[\"" + member + "\"]}";
        assertThat(nodes.rest(A, owner).post("/v1/rooms", room).statusCode()).isEqualTo(201);
    }

    private static int status(int node, String sender, String message) throws Exception {
        return nodes.rest(node, sender).post("/v1/messages", message).statusCode();
    }

    @Test
    void aRoomMadeOnOneNodeIsFoundOnTheOther() throws Exception {
        createRoom("alice", "team", "bob");

        HttpResponse<String> found = nodes.rest(B, "alice").get("/v1/rooms/team");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).contains("The team", "alice", "bob");
        assertThat(nodes.rest(B, "bob").get("/v1/rooms").body()).contains("team");
        assertThat(status(B, "bob", "{\"room\":\"team\",\"text\":\"hi\",\"msgId\":\"r1\"}"))
                .isEqualTo(201);
    }

    @Test
    void aMemberRemovedOnOneNodeIsOutOnTheOther() throws Exception {
        createRoom("carol", "den", "dave");
        assertThat(nodes.rest(B, "carol")
                        .send("DELETE", "/v1/rooms/den/members/dave", "")
                        .statusCode())
                .isEqualTo(204);

        assertThat(nodes.rest(A, "dave").get("/v1/rooms/den").statusCode()).isEqualTo(404);
        assertThat(nodes.rest(A, "dave").get("/v1/rooms").body()).doesNotContain("den");
    }

    @Test
    void aBlockMadeOnOneNodeHoldsOnTheOther() throws Exception {
        assertThat(nodes.rest(A, "erin").send("PUT", "/v1/blocks/mallory", "").statusCode())
                .isEqualTo(204);

        assertThat(nodes.rest(B, "erin").get("/v1/blocks").body()).contains("mallory");
        assertThat(status(B, "mallory", "{\"to\":\"erin\",\"text\":\"hi\",\"msgId\":\"b1\"}"))
                .isEqualTo(403);
    }

    @Test
    void aProfileSavedOnOneNodeIsReadOnTheOther() throws Exception {
        assertThat(nodes.rest(A, "frank")
                        .put("/v1/profiles/me", "{\"name\":\"Frank F.\"}")
                        .statusCode())
                .isEqualTo(200);
        createRoom("frank", "studio", "grace");

        assertThat(nodes.rest(B, "grace").get("/v1/profiles/frank").body()).contains("Frank F.");
    }

    @Test
    void eachNodeWarnsThatItsHistoryIsItsOwn() {
        for (int node = A; node <= B; node++) {
            assertThat(nodes.output(node)).containsPattern("WARN Backends: .*history.*--dynamo");
        }
    }
}
