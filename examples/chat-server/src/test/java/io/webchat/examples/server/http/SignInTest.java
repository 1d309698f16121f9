package io.webchat.examples.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.Accounts;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of {@code POST /v1/login}. */
class SignInTest {
    private final Tokens tokens = new Tokens(Tokens.randomKey(), Duration.ofHours(1), Clock.systemUTC());
    private final Accounts accounts =
            new Accounts(new MemoryAccountStore(), user -> CompletableFuture.completedStage(null));
    private final SignIn signIn = new SignIn(accounts, tokens);

    @AfterEach
    void close() {
        accounts.close();
    }

    private HttpResponse post(String body) throws Exception {
        return post(body, Map.of("Content-Type", List.of("application/json")));
    }

    private HttpResponse post(String body, Map<String, List<String>> headers) throws Exception {
        HttpRequest request = new HttpRequest(
                "POST",
                "/v1/login",
                Map.of(),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        HttpResponse response = signIn.handle(request).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        return response;
    }

    private static JsonNode json(HttpResponse response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void theFirstSignInMakesAnAccountAndGivesAToken() throws Exception {
        HttpResponse response = post("{\"user\":\"ann\",\"password\":\"correct horse\"}");

        assertThat(response.status()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.path("user").asText()).isEqualTo("ann");
        assertThat(answer.path("registered").asBoolean()).isTrue();
        assertThat(Instant.parse(answer.path("expiresAt").asText())).isAfter(Instant.now());
        assertThat(tokens.authenticate(answer.path("token").asText())
                        .toCompletableFuture()
                        .get()
                        .user())
                .isEqualTo(UserId.of("ann"));
        assertThat(json(post("{\"user\":\"ann\",\"password\":\"correct horse\"}"))
                        .path("registered")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void withRegisterFalseAnUnknownUserIs404AndNoAccountIsMade() throws Exception {
        String body = "{\"user\":\"annn\",\"password\":\"correct horse\",\"register\":false}";
        HttpResponse unknown = post(body);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(json(unknown).path("code").asText()).isEqualTo("not_found");
        assertThat(json(unknown).path("detail").asText()).isEqualTo("there is no user annn");
        assertThat(post(body).status()).isEqualTo(404);

        post("{\"user\":\"annn\",\"password\":\"correct horse\"}");
        assertThat(json(post(body)).path("registered").asBoolean(true)).isFalse();
    }

    @Test
    void manyUnknownUsersFromOneAddressAre429() throws Exception {
        HttpResponse last = HttpResponse.of(200);
        for (int i = 0; i <= 100; i++) {
            last = post("{\"user\":\"u" + i + "\",\"password\":\"correct horse\",\"register\":false}");
        }
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void aWrongPasswordIs401AndManyAre429WithAShortTimeToComeBack() throws Exception {
        post("{\"user\":\"ann\",\"password\":\"correct horse\"}");
        HttpResponse wrong = post("{\"user\":\"ann\",\"password\":\"wrong horse\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(json(wrong).path("code").asText()).isEqualTo("unauthorized");
        assertThat(new String(wrong.body(), StandardCharsets.UTF_8)).doesNotContain("horse");

        HttpResponse last = wrong;
        for (int i = 0; i < 10; i++) {
            last = post("{\"user\":\"ann\",\"password\":\"wrong horse\"}");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(json(last).path("code").asText()).isEqualTo("rate_limited");
        assertThat(Integer.parseInt(last.headers().get("Retry-After"))).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"user\":\"ann\"}",
                "{\"password\":\"correct horse\"}",
                "{\"user\":\"\",\"password\":\"correct horse\"}",
                "{\"user\":\"ann\",\"password\":\"7 chars\"}",
                "{\"user\":\"a b/c\",\"password\":\"correct horse\"}",
                "{\"user\":{\"x\":1},\"password\":\"correct horse\"}",
                "{\"user\":\"ann\",\"password\":12345678}",
                "{\"user\":\"ann\",\"user\":\"bob\",\"password\":\"correct horse\"}",
                "{\"user\":\"ann\",\"password\":\"correct horse\"} {}",
                "{\"user\":\"ann\",\"password\":\"correct horse\"}x",
                "{\"user\":\"ann\",\"password\":\"half \\ud800 of a pair\"}",
                "{\"user\":\"ann.example\",\"password\":\"ANN.example\"}"
            })
    void G13_badBodiesAreRefused(String body) throws Exception {
        HttpResponse response = post(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response).path("code").asText()).isEqualTo("bad_request");
    }

    @Test
    void aMisspeltFieldIsNamedAndMakesNoAccount() throws Exception {
        HttpResponse refused = post("{\"user\":\"ann\",\"password\":\"correct horse\",\"regsiter\":false}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(json(refused).path("detail").asText()).isEqualTo("unknown field regsiter");
        assertThat(post("{\"user\":\"ann\",\"password\":\"correct horse\",\"register\":false}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void G13_aBodyThatIsNotPlainJsonIs415AsOnTheOtherRoutes() throws Exception {
        String body = "{\"user\":\"ann\",\"password\":\"correct horse\"}";

        assertThat(post(body, Map.of()).status()).isEqualTo(415);
        assertThat(post(body, Map.of("Content-Type", List.of("text/plain"))).status())
                .isEqualTo(415);
        assertThat(post(body, Map.of("Content-Type", List.of("application/json"), "Content-Encoding", List.of("gzip")))
                        .status())
                .isEqualTo(415);
    }
}
