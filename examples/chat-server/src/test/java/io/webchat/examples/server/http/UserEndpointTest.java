package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.UserId;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/users/{id}} tells who has an account, to whoever has a token. */
class UserEndpointTest {
    private static final UserId ANN = UserId.of("ann");

    private final Tokens tokens = new Tokens(Tokens.randomKey(), Duration.ofHours(1), Clock.systemUTC());
    private final Accounts accounts =
            new Accounts(new MemoryAccountStore(), user -> CompletableFuture.completedStage(null));
    private final UserEndpoint users = new UserEndpoint(accounts, tokens);

    @AfterEach
    void close() {
        accounts.close();
    }

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
        accounts.signIn(UserId.of("bob"), "correct horse", InetAddress.getLoopbackAddress())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        assertThat(get("bob").toString()).isEqualTo("{\"userId\":\"bob\",\"exists\":true}");
        assertThat(get("bobb").path("exists").asBoolean(true)).isFalse();
    }

    @Test
    void G13_nothingIsToldWithoutAToken() throws Exception {
        assertThat(get("bob", "").status()).isEqualTo(401);
        assertThat(get("bob", "Bearer nonsense").status()).isEqualTo(401);
        assertThat(get("a b", "Bearer " + tokens.issue(ANN).token()).status()).isEqualTo(400);
    }
}
