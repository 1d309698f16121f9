package io.webchat.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.examples.hosts.Client;
import io.webchat.examples.hosts.Gateway;
import io.webchat.socketio.spring.WebchatServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as its users and operators meet it: over HTTP and Socket.IO. */
class SpringBootHostTest {
    private static final long SECONDS = 30;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Gateway gateway;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() throws IOException {
        gateway = new Gateway();
        context = run();
    }

    private static ConfigurableApplicationContext run() {
        return SpringApplication.run(
                SpringBootHost.class,
                "--server.port=0",
                "--webchat.port=0",
                "--webchat.limits.push-after=10ms",
                "--host.push-url=" + gateway.url());
    }

    @AfterAll
    static void stop() {
        context.close();
        gateway.close();
    }

    private static int chatPort() {
        return context.getBean(WebchatServer.class).port().orElseThrow();
    }

    private static HttpRequest.Builder request(String path, String authorization) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        return authorization.isEmpty() ? request : request.header("Authorization", authorization);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    private static String signIn(String user, String password) throws Exception {
        HttpResponse<String> answer =
                send(request("/login", basic(user, password)).POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JSONObject(answer.body()).getString("token");
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path, "Bearer " + token));
    }

    private static HttpResponse<String> post(String path, String token, JSONObject body) throws Exception {
        return send(request(path, "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static JSONObject answer(Client client, String to, String id, String text) throws Exception {
        return client.send(to, id, text).get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void whoHasSignedInReachesOthers() throws Exception {
        try (Client alice = new Client(chatPort(), signIn("alice", "wonderland"));
                Client bob = new Client(chatPort(), signIn("bob", "builders-tea"))) {
            assertThat(answer(bob, "alice", "hours", "When are your hours?").getBoolean("ok"))
                    .isTrue();

            await().untilAsserted(() -> assertThat(alice.textsOf("bob")).containsExactly("When are your hours?"));
        }
    }

    @Test
    void whoIsAwayIsNotified() throws Exception {
        try (Client alice = new Client(chatPort(), signIn("alice", "wonderland"))) {
            answer(alice, "carol", "push", "Are you there?");

            await().untilAsserted(() -> assertThat(gateway.notifications())
                    .anySatisfy(told -> assertThat(told.toMap())
                            .isEqualTo(Map.of("user", "carol", "title", "alice", "badge", 1, "id", "push"))));
        }
    }

    @Test
    void controllersSpeakForWhoeverHasTheToken() throws Exception {
        String alice = signIn("alice", "wonderland");
        String bob = signIn("bob", "builders-tea");
        JSONObject message = new JSONObject(Map.of("to", "bob", "id", "rest", "text", "by REST"));

        assertThat(post("/api/messages", alice, message).body()).contains("\"duplicate\":false");
        assertThat(post("/api/messages", alice, message).body()).contains("\"duplicate\":true");

        JSONObject talk = new JSONArray(get("/api/conversations", bob).body()).getJSONObject(0);
        assertThat(talk.getString("id")).isEqualTo("alice~bob");
        assertThat(talk.getInt("unread")).isEqualTo(1);
        assertThat(new JSONArray(get("/api/conversations/alice", bob).body())
                        .getJSONObject(0)
                        .getString("text"))
                .isEqualTo("by REST");
        HttpResponse<String> refused = get("/api/conversations/-", bob);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new JSONObject(refused.body()).getString("code")).isEqualTo("bad_request");
    }

    @Test
    void whoHasNoTokenIsRefusedByBoth() throws Exception {
        assertThat(get("/api/conversations", "made-up").statusCode()).isEqualTo(401);
        assertThat(send(request("/login", basic("alice", "guess")).POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        try (Client eve = new Client(chatPort(), "made-up")) {
            await().untilAsserted(() -> assertThat(eve.refusals()).contains("unauthorized"));
            assertThat(eve.connected()).isFalse();
        }
    }

    @Test
    void aTokenBuysNoOtherToken() throws Exception {
        String token = signIn("alice", "wonderland");

        assertThat(send(request("/login", "Bearer " + token).POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void operatorsSeeHealthAndMetrics() throws Exception {
        String token = signIn("alice", "wonderland");
        try (Client alice = new Client(chatPort(), token)) {
            answer(alice, "dave", "metrics", "Hello?");

            HttpResponse<String> health = send(request("/actuator/health", ""));
            assertThat(new JSONObject(health.body()).getString("status")).isEqualTo("UP");
            JSONObject details = new JSONObject(get("/actuator/health", token).body());
            assertThat(details.getJSONObject("components")
                            .getJSONObject("webchat")
                            .toString())
                    .contains("\"port\":" + chatPort());
            JSONObject sends =
                    new JSONObject(get("/actuator/metrics/webchat.send", token).body());
            assertThat(sends.getJSONArray("measurements").getJSONObject(0).getInt("value"))
                    .isPositive();
        }
    }
}
