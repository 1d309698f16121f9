package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.MemoryAccountStore;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/password} changes a password for whoever knows it, and ends the renewal of earlier sign-ins. */
class PasswordEndpointTest {
    private static final UserId ANN = UserId.of("ann");
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final byte[] KEY = Tokens.randomKey();

    private final Tokens tokens = new Tokens(KEY, Duration.ofHours(1), Clock.systemUTC());
    private final Accounts accounts =
            new Accounts(new MemoryAccountStore(), user -> CompletableFuture.completedStage(null));

    private final List<UserId> ended = new ArrayList<>();
    private CompletionStage<Void> ending = CompletableFuture.completedStage(null);

    @BeforeEach
    void register() throws Exception {
        accounts.signIn(ANN, "the first one", CLIENT.getAddress())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private CompletionStage<Void> changed(UserId user) {
        ended.add(user);
        return ending;
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private static HttpResponse post(HttpHandler endpoint, String token, String body, String type) throws Exception {
        HttpRequest request = new HttpRequest(
                "POST",
                "/v1/password",
                Map.of(),
                Map.of("Authorization", List.of("Bearer " + token), "Content-Type", List.of(type)),
                body.getBytes(StandardCharsets.UTF_8),
                CLIENT);
        HttpResponse response = endpoint.handle(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        return response;
    }

    private HttpResponse change(String token, String body) throws Exception {
        return post(new PasswordEndpoint(accounts, tokens, this::changed), token, body, "application/json");
    }

    private HttpResponse renew(String token) throws Exception {
        return post(new TokenEndpoint(accounts, tokens), token, "", "application/json");
    }

    private static JsonNode json(HttpResponse response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    private static String body(String password, String newPassword) {
        return "{\"password\":\"" + password + "\",\"newPassword\":\"" + newPassword + "\"}";
    }

    @Test
    void theAnswerHasANewTokenAndEarlierSignInsAreNotRenewed() throws Exception {
        Clock before = Clock.fixed(Instant.now().minusSeconds(60), ZoneOffset.UTC);
        String earlier = new Tokens(KEY, Duration.ofHours(1), before).issue(ANN).token();
        assertThat(renew(earlier).status()).isEqualTo(200);

        HttpResponse changed = change(earlier, body("the first one", "the second one"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(renew(json(changed).path("token").asText()).status()).isEqualTo(200);
        HttpResponse refused = renew(earlier);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(json(refused).path("detail").asText()).contains("the password was changed");
        assertThat(ended).as("whose pushes ended").containsExactly(ANN);
    }

    @Test
    void aStoreThatFailsToEndPushesDoesNotHideThatThePasswordIsChanged() throws Exception {
        ending = CompletableFuture.failedStage(new ChatException(ErrorCode.UNAVAILABLE, "no store in this test"));

        assertThat(change(tokens.issue(ANN).token(), body("the first one", "the second one"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void G13_aTokenAloneChangesNothing() throws Exception {
        String token = tokens.issue(ANN).token();

        HttpResponse wrong = change(token, body("another one", "the second one"));
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(json(wrong).path("detail").asText()).startsWith("password: ");
        assertThat(change("nonsense", body("the first one", "the second one")).status())
                .isEqualTo(401);
        assertThat(change(tokens.issue(UserId.of("bob")).token(), body("the first one", "the second one"))
                        .status())
                .isEqualTo(404);
        assertThat(renew("nonsense").status()).isEqualTo(401);
        assertThat(ended).isEmpty();
    }

    @Test
    void aBodyThatIsNotUnderstoodNamesItsField() throws Exception {
        String token = tokens.issue(ANN).token();

        assertThat(json(change(token, body("the first one", "short")))
                        .path("detail")
                        .asText())
                .startsWith("newPassword: ");
        assertThat(change(token, "{\"password\":\"the first one\"}").status()).isEqualTo(400);
        assertThat(change(token, "").status()).isEqualTo(400);
        assertThat(post(new PasswordEndpoint(accounts, tokens, this::changed), token, "{}", "text/plain")
                        .status())
                .isEqualTo(415);
    }
}
