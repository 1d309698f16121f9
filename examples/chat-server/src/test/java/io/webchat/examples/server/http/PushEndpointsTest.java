package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import io.webchat.examples.server.push.EndpointRule;
import io.webchat.examples.server.push.PushSubscriptions;
import io.webchat.examples.server.push.TestBrowser;
import io.webchat.examples.server.push.VapidKey;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A browser subscribes with its user's token, to a push service that the server knows, and only in its own name. */
class PushEndpointsTest {
    private static final UserId ANN = UserId.of("ann");
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final byte[] SECRET = Tokens.randomKey();
    private static final String PATH = "/v1/push/subscriptions/phone";

    private final Tokens tokens = new Tokens(SECRET, Duration.ofHours(1), Clock.systemUTC());
    private final Accounts accounts =
            new Accounts(new MemoryAccountStore(), user -> CompletableFuture.completedStage(null));
    private final AccountStore store = MemoryAccountStore.of(AccountPart.PUSH);
    private final EndpointRule rule = EndpointRule.of(List.of("*.push.example"));
    private final PushSubscriptionEndpoint endpoint =
            new PushSubscriptionEndpoint(new PushSubscriptions(store), rule, accounts, tokens);
    private final TestBrowser browser;

    PushEndpointsTest() throws Exception {
        browser = new TestBrowser();
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static HttpResponse ask(HttpHandler handler, String method, String path, String token, String body)
            throws Exception {
        Map<String, List<String>> headers =
                Map.of("Authorization", List.of("Bearer " + token), "Content-Type", List.of("application/json"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return get(handler.handle(new HttpRequest(method, path, Map.of(), headers, bytes, CLIENT)));
    }

    private String token() {
        return tokens.issue(ANN).token();
    }

    private HttpResponse put(JSONObject body) throws Exception {
        return ask(endpoint, "PUT", PATH, token(), body.toString());
    }

    private JSONObject body() {
        return new JSONObject()
                .put("endpoint", "https://eu.push.example/abc")
                .put("keys", new JSONObject().put("p256dh", browser.p256dh()).put("auth", browser.auth()))
                .put("notice", "New message")
                .put("muted", new JSONArray(List.of("user:bob", "room:den")));
    }

    private Optional<String> stored() throws Exception {
        return get(store.find(ANN));
    }

    @Test
    void aBrowserSubscribesRenewsAndEnds() throws Exception {
        assertThat(put(body()).status()).isEqualTo(204);
        assertThat(put(body().put("showsText", true)).status()).isEqualTo(204);
        assertThat(new JSONArray(stored().orElseThrow()))
                .hasSize(1)
                .first()
                .asString()
                .contains("\"showsText\":true");

        assertThat(ask(endpoint, "DELETE", PATH, tokens.issue(UserId.of("eve")).token(), "")
                        .status())
                .as("somebody else's device of that name")
                .isEqualTo(204);
        assertThat(stored().orElseThrow()).contains("eu.push.example");
        assertThat(ask(endpoint, "DELETE", PATH, token(), "").status()).isEqualTo(204);
        assertThat(stored()).hasValue("[]");
    }

    @Test
    void theKeyIsForWhoHasAToken() throws Exception {
        VapidKey key = VapidKey.of(VapidKey.fresh(), "");
        PushKeyEndpoint handler = new PushKeyEndpoint(key, tokens);

        HttpResponse told = ask(handler, "GET", "/v1/push", token(), "");
        assertThat(new JSONObject(new String(told.body(), StandardCharsets.UTF_8)).getString("publicKey"))
                .isEqualTo(key.publicKey());
        assertThat(ask(handler, "GET", "/v1/push", "nonsense", "").status()).isEqualTo(401);
        assertThat(ask(handler, "GET", "/v1/push/other", token(), "").status()).isEqualTo(404);
    }

    @Test
    void G13_aTokenFromBeforeAChangeOfThePasswordSubscribesNoMore() throws Exception {
        Clock before = Clock.fixed(Instant.now().minusSeconds(60), ZoneOffset.UTC);
        String earlier =
                new Tokens(SECRET, Duration.ofHours(1), before).issue(ANN).token();
        get(accounts.signIn(ANN, "the first one", CLIENT.getAddress()));
        get(accounts.changePassword(ANN, "the first one", "the second one", CLIENT.getAddress()));

        assertThat(ask(endpoint, "PUT", PATH, earlier, body().toString()).status())
                .isEqualTo(401);
        assertThat(stored()).isEmpty();
        assertThat(put(body()).status()).isEqualTo(204);
    }

    @Test
    void aRefusalNamesTheField() throws Exception {
        JSONObject keys = body().getJSONObject("keys");
        Map<String, JSONObject> faults = Map.of(
                "endpoint is at no push service", body().put("endpoint", "https://internal.example/"),
                "keys is missing", without("keys"),
                "keys.p256dh must be 65 bytes", body().put("keys", new JSONObject(keys.toMap()).put("p256dh", "AAAA")),
                "keys.auth must be base64url", body().put("keys", new JSONObject(keys.toMap()).put("auth", "?!")),
                "no public key on the curve",
                        body().put("keys", new JSONObject(keys.toMap()).put("p256dh", "BA" + "A".repeat(85))),
                "notice must have 1 to 100", body().put("notice", " "),
                "muted must have at most 100",
                        body().put("muted", new JSONArray(java.util.Collections.nCopies(101, "user:bob"))),
                "muted must hold conversations", body().put("muted", new JSONArray(List.of("bob"))),
                "unknown field url", body().put("url", "https://eu.push.example/"));
        for (Map.Entry<String, JSONObject> fault : faults.entrySet()) {
            HttpResponse refused = put(fault.getValue());
            assertThat(refused.status()).as(fault.getKey()).isEqualTo(400);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains(fault.getKey());
        }
        assertThat(ask(endpoint, "PUT", "/v1/push/subscriptions/a b", token(), body().toString())
                        .status())
                .isEqualTo(400);
        assertThat(stored()).isEmpty();
    }

    private JSONObject without(String name) {
        JSONObject body = body();
        body.remove(name);
        return body;
    }

    @Test
    void G13_manyChangesHaveToWait() throws Exception {
        String token = token();
        HttpResponse last = ask(endpoint, "DELETE", PATH, token, "");
        for (int i = 0; i < 400 && last.status() == 204; i++) {
            last = ask(endpoint, "DELETE", PATH, token, "");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.headers()).containsEntry("Retry-After", "1");
    }
}
