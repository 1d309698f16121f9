package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import io.webchat.examples.server.accounts.UserLookUps;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/users/{id}} tells who has an account, to whoever has a token. */
class UserEndpointTest {
    private static final UserId ANN = UserId.of("ann");

    private final Tokens tokens = new Tokens(Tokens.randomKey(), Duration.ofHours(1), Clock.systemUTC());
    private final AccountStore accounts = new MemoryAccountStore();
    private final UserEndpoint users = new UserEndpoint(new UserLookUps(accounts), tokens);

    private HttpResponse get(String user, String authorization) throws Exception {
        HttpRequest request = new HttpRequest(
                "GET",
                "/v1/users/" + user,
                Map.of(),
                Map.of("Authorization", List.of(authorization)),
                new byte[0],
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return users.handle(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private JsonNode get(String user) throws Exception {
        HttpResponse response = get(user, "Bearer " + tokens.issue(ANN).token());
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void tellsWhetherSomebodyHasTheUserId() throws Exception {
        accounts.add(UserId.of("bob"), "hash").toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(get("bob").toString()).isEqualTo("{\"userId\":\"bob\",\"exists\":true}");
        assertThat(get("bobb").path("exists").asBoolean(true)).isFalse();
    }

    @Test
    void G13_nothingIsToldWithoutAToken() throws Exception {
        assertThat(get("bob", "").status()).isEqualTo(401);
        assertThat(get("bob", "Bearer nonsense").status()).isEqualTo(401);
        assertThat(get("a b", "Bearer " + tokens.issue(ANN).token()).status()).isEqualTo(400);
    }

    private String bearer(String user) {
        return "Bearer " + tokens.issue(UserId.of(user)).token();
    }

    /** The first refusal among so many requests. */
    private HttpResponse refusal(int most, String authorization) throws Exception {
        for (int i = 0; i < most; i++) {
            HttpResponse response = get("u" + i, authorization);
            if (response.status() == 429) {
                return response;
            }
        }
        throw new AssertionError("nothing was refused in " + most + " requests");
    }

    @Test
    void oneUserCannotListTheUserIds() throws Exception {
        String ann = bearer("ann");
        HttpResponse refused = refusal(200, ann);
        assertThat(refused.headers()).containsEntry("Retry-After", "1").containsEntry("Cache-Control", "no-store");
        assertThat(new ObjectMapper().readTree(refused.body()).path("code").asText())
                .isEqualTo("rate_limited");
        assertThat(get("bob", bearer("carol")).status()).isEqualTo(200);
    }

    @Test
    void oneAddressCannotListTheUserIdsWithTheTokensOfMany() throws Exception {
        for (int user = 0; user < 3; user++) {
            for (int i = 0; i < 100; i++) {
                assertThat(get("u" + i, bearer("user" + user)).status()).isEqualTo(200);
            }
        }
        assertThat(refusal(100, bearer("dave")).status()).isEqualTo(429);
    }

    @Test
    void badTokensAreLimitedToo() throws Exception {
        assertThat(refusal(400, "Bearer nonsense").headers()).containsEntry("Retry-After", "1");
    }
}
