package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.push.FakePushService;
import io.webchat.examples.server.push.TestBrowser;
import io.webchat.redis.testing.RedisServers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server pushes messages that nobody confirms to the browsers of their recipient: behind a path, on two nodes. */
class PushServerTest {
    private static final String[] PUSH = {"--push-anywhere", "--push-after=0"};

    private static String subscription(FakePushService service, String name) throws Exception {
        TestBrowser browser = service.browser(name);
        return new JSONObject()
                .put("endpoint", service.endpoint(name).toString())
                .put("keys", new JSONObject().put("p256dh", browser.p256dh()).put("auth", browser.auth()))
                .put("notice", "New message")
                .toString();
    }

    private static void send(Rest from, String to, String text) throws Exception {
        String body = new JSONObject().put("to", to).put("text", text).toString();
        assertThat(from.post("/chat/v1/messages", body).statusCode()).isEqualTo(201);
    }

    private static List<String> conversations(FakePushService service) {
        return service.received().stream().map(each -> each.get("conversation")).toList();
    }

    @Test
    void aBrowserGetsPushesUntilItsUserSignsOutOrChangesThePassword() throws Exception {
        try (FakePushService service = new FakePushService();
                CommandRun server = CommandRun.of("--port=0", "--base-path=/chat", PUSH[0], PUSH[1])) {
            Rest alice = new Rest(server.port(), token(server, "alice"));
            Rest bob = new Rest(server.port(), token(server, "bob"));
            String key = new JSONObject(bob.get("/chat/v1/push").body()).getString("publicKey");
            String phone = "/chat/v1/push/subscriptions/phone";
            assertThat(bob.put(phone, subscription(service, "phone")).statusCode())
                    .isEqualTo(204);

            send(alice, "bob", "hello");
            await().until(() -> conversations(service).equals(List.of("user:alice")));
            assertThat(service.received().get(0).key()).isEqualTo(key);

            assertThat(bob.send("DELETE", phone, "").statusCode()).isEqualTo(204);
            String laptop = "/chat/v1/push/subscriptions/laptop";
            assertThat(bob.put(laptop, subscription(service, "laptop")).statusCode())
                    .isEqualTo(204);
            HttpResponse<String> changed = bob.post(
                    "/chat/v1/password", "{\"password\":\"password of bob\",\"newPassword\":\"another password\"}");
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            Rest again = new Rest(server.port(), new JSONObject(changed.body()).getString("token"));
            String tablet = "/chat/v1/push/subscriptions/tablet";
            assertThat(again.put(tablet, subscription(service, "tablet")).statusCode())
                    .isEqualTo(204);
            send(new Rest(server.port(), token(server, "carol")), "bob", "at last");

            await().until(() -> conversations(service).contains("user:carol"));
            assertThat(service.received())
                    .extracting(FakePushService.Received::browser)
                    .containsExactly("phone", "tablet");
        }
    }

    private static String token(CommandRun server, String user) throws Exception {
        String body = new JSONObject()
                .put("user", user)
                .put("password", "password of " + user)
                .toString();
        String answer = new Rest(server.port(), "").post("/chat/v1/login", body).body();
        return new JSONObject(answer).getString("token");
    }

    @Tag("full")
    @Test
    void aServerWithoutPushesHasNoSuchRoutes() throws Exception {
        try (CommandRun server = CommandRun.of("--port=0", "--base-path=/chat", "--push=off")) {
            Rest alice = new Rest(server.port(), token(server, "alice"));

            assertThat(alice.get("/chat/v1/push").statusCode()).isEqualTo(404);
        }
    }

    @Tag("cluster")
    @Tag("full")
    @Test
    void G16_twoNodesPushAMessageOnce() throws Exception {
        try (FakePushService service = new FakePushService();
                LocalNodes nodes = new LocalNodes(
                        2,
                        "--redis=" + RedisServers.shared().url(),
                        "--dynamo=" + DynamoServers.shared().uri(),
                        "--table=push-tests",
                        "--base-path=/chat",
                        PUSH[0],
                        PUSH[1])) {
            Rest bob = new Rest(nodes.port(0), nodes.token("bob"));
            String phone = "/chat/v1/push/subscriptions/phone";
            assertThat(bob.put(phone, subscription(service, "phone")).statusCode())
                    .isEqualTo(204);
            Rest onOther = new Rest(nodes.port(1), nodes.token("bob"));
            assertThat(onOther.get("/chat/v1/push").body())
                    .isEqualTo(bob.get("/chat/v1/push").body());

            send(new Rest(nodes.port(0), nodes.token("alice")), "bob", "over the one");
            send(new Rest(nodes.port(1), nodes.token("carol")), "bob", "over the other");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> service.received().size() >= 2);
            send(new Rest(nodes.port(1), nodes.token("dave")), "bob", "afterwards");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> conversations(service).contains("user:dave"));

            assertThat(conversations(service)).containsExactlyInAnyOrder("user:alice", "user:carol", "user:dave");
        }
    }
}
