package io.webchat.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ids.UserId;
import io.webchat.examples.hosts.Client;
import io.webchat.examples.hosts.Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application as its users meet it: over HTTP and Socket.IO. */
class EmbeddedHostTest {
    private static final long SECONDS = 30;

    // One for all tests: each password hash takes a tenth of a second.
    private static final Accounts ACCOUNTS = accounts();

    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;
    private EmbeddedHost host;

    private static Accounts accounts() {
        Accounts accounts = new Accounts(Clock.systemUTC());
        accounts.register(UserId.of("alice"), "wonderland");
        accounts.register(UserId.of("bob"), "builders-tea");
        return accounts;
    }

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
        host = new EmbeddedHost(
                ACCOUNTS,
                PushNotifications.configured(Map.of("PUSH_URL", gateway.url().toString())),
                Duration.ofMillis(300),
                0,
                0);
    }

    @AfterEach
    void stop() {
        host.close();
        gateway.close();
    }

    private String signIn(String user, String password) throws Exception {
        HttpResponse<String> answer = post("/login", "", new JSONObject(Map.of("user", user, "password", password)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JSONObject(answer.body()).getString("token");
    }

    private HttpResponse<String> post(String path, String token, JSONObject body) throws Exception {
        return http.send(
                request(path, token)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return http.send(request(path, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + host.webPort() + path))
                .header("Authorization", "Bearer " + token);
    }

    private static JSONObject answer(Client client, String to, String id, String text) throws Exception {
        return client.send(to, id, text).get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void theBotAnswersWhoHasSignedIn() throws Exception {
        try (Client alice = new Client(host.chatPort(), signIn("alice", "wonderland"))) {
            assertThat(answer(alice, "help", "m1", "When are your hours?").getBoolean("ok"))
                    .isTrue();

            await().untilAsserted(() ->
                    assertThat(alice.textsOf("help")).containsExactly("We are here from 9 to 17 o'clock."));
        }
    }

    @Test
    void aQuestionThatIsSentAgainIsAnsweredOnce() throws Exception {
        try (Client alice = new Client(host.chatPort(), signIn("alice", "wonderland"))) {
            answer(alice, "help", "m1", "Hello?");
            assertThat(answer(alice, "help", "m1", "Hello?").getBoolean("Duplicate"))
                    .isTrue();
            answer(alice, "help", "m2", "Your hours?");

            await().untilAsserted(() -> assertThat(alice.textsOf("help"))
                    .containsExactly("Ask me about our opening hours.", "We are here from 9 to 17 o'clock."));
        }
    }

    @Test
    void whoIsAwayIsNotifiedAndGetsTheMessageLater() throws Exception {
        try (Client alice = new Client(host.chatPort(), signIn("alice", "wonderland"))) {
            answer(alice, "bob", "m1", "Are you there?");
            await().untilAsserted(() -> assertThat(gateway.notifications()).hasSize(1));
            assertThat(gateway.notifications().get(0).toMap())
                    .isEqualTo(Map.of("user", "bob", "title", "alice", "badge", 1, "id", "m1"));

            try (Client bob = new Client(host.chatPort(), signIn("bob", "builders-tea"))) {
                await().untilAsserted(() -> assertThat(bob.textsOf("alice")).containsExactly("Are you there?"));
                await().until(() -> alice.heard("delivery"));
                answer(alice, "bob", "m2", "Good.");
                await().untilAsserted(() -> assertThat(bob.textsOf("alice")).contains("Good."));
            }
            assertThat(gateway.notifications()).hasSize(1);
        }
    }

    @Test
    void theRestFrameworkSpeaksForWhoeverHasTheToken() throws Exception {
        String alice = signIn("alice", "wonderland");
        String bob = signIn("bob", "builders-tea");
        JSONObject message = new JSONObject(Map.of("to", "bob", "id", "m1", "text", "by REST"));

        assertThat(post("/api/messages", alice, message).body()).contains("\"duplicate\":false");
        assertThat(post("/api/messages", alice, message).body()).contains("\"duplicate\":true");

        JSONObject talk = new JSONArray(get("/api/conversations", bob).body()).getJSONObject(0);
        assertThat(talk.getString("id")).isEqualTo("alice~bob");
        assertThat(talk.getInt("unread")).isEqualTo(1);
        JSONObject last = new JSONArray(get("/api/conversations/alice", bob).body()).getJSONObject(0);
        assertThat(last.getString("text")).isEqualTo("by REST");
        assertThat(last.getString("status")).isEqualTo("sent");
    }

    @Test
    void whoHasNoTokenIsRefusedByBoth() throws Exception {
        assertThat(get("/api/conversations", "made-up").statusCode()).isEqualTo(401);
        assertThat(post("/login", "", new JSONObject(Map.of("user", "alice", "password", "guess")))
                        .statusCode())
                .isEqualTo(401);
        try (Client eve = new Client(host.chatPort(), "made-up")) {
            await().untilAsserted(() -> assertThat(eve.refusals()).contains("unauthorized"));
            assertThat(eve.connected()).isFalse();
        }
    }

    @Test
    void whatTheChatRefusesIsAnsweredWithItsCode() throws Exception {
        HttpResponse<String> refused = get("/api/conversations/-", signIn("alice", "wonderland"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new JSONObject(refused.body()).getString("code")).isEqualTo("bad_request");
    }

    @Test
    void webchatsOwnRestApiIsLeftToTheApplication() throws Exception {
        HttpRequest asked = HttpRequest.newBuilder(URI.create("http://localhost:" + host.chatPort() + "/v1/call-logs"))
                .header("Authorization", "Bearer " + signIn("alice", "wonderland"))
                .build();

        assertThat(http.send(asked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aShutdownTellsTheClients() throws Exception {
        try (Client alice = new Client(host.chatPort(), signIn("alice", "wonderland"))) {
            await().until(alice::connected);

            host.close();

            await().until(() -> alice.heard("draining") && !alice.connected());
        }
    }

    @Test
    void theHostFitsOnAPage() throws IOException {
        Path source = Path.of("src/main/java/io/webchat/examples/embedded/EmbeddedHost.java");

        assertThat(Files.readAllLines(source)).hasSizeLessThan(60);
    }
}
