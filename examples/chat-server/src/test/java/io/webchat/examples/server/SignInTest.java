package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.core.UserId;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private final Tokens tokens = new Tokens(Tokens.randomKey(), Duration.ofHours(1), Clock.systemUTC());
    private final SignIn signIn = new SignIn(tokens);

    private HttpResponse post(String body) throws Exception {
        HttpRequest request = new HttpRequest(
                "POST",
                "/v1/login",
                Map.of(),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return signIn.handle(request).toCompletableFuture().get();
    }

    private static JsonNode json(HttpResponse response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void aNameAndANumberGetATokenForTheNumber() throws Exception {
        HttpResponse response = post("{\"name\":\" Ann \",\"number\":\"+82 (10) 555-1\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(json(response).path("name").asText()).isEqualTo("Ann");
        assertThat(json(response).path("user").asText()).isEqualTo("82105551");
        assertThat(tokens.authenticate(json(response).path("token").asText())
                        .toCompletableFuture()
                        .get())
                .isEqualTo(UserId.of("82105551"));
    }

    @Test
    void aNumberKeepsItsName() throws Exception {
        post("{\"name\":\"Ann\",\"number\":\"1\"}");

        assertThat(post("{\"name\":\"ANN\",\"number\":\"1\"}").status()).isEqualTo(200);
        HttpResponse refused = post("{\"name\":\"Bob\",\"number\":\"1\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(json(refused).path("code").asText()).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{}",
                "{\"name\":\"Ann\"}",
                "{\"name\":\"\",\"number\":\"1\"}",
                "{\"name\":\"Ann\",\"number\":\"\"}",
                "{\"name\":\"Ann\",\"number\":\"a b/c\"}",
                "{\"name\":{\"x\":1},\"number\":[1]}"
            })
    void G13_badBodiesAreRefused(String body) throws Exception {
        HttpResponse response = post(body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response).path("code").asText()).isEqualTo("bad_request");
    }
}
