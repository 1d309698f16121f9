package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.WebSocketClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sockets and REST share the limit of refused tokens of an address. */
class RefusedTokensTest {
    private static final int AT_ONCE = 20;
    private static final String CLIENT = "127.0.0.1";

    private final AtomicInteger asked = new AtomicInteger();

    private ChatTestServer server() {
        return new ChatTestServer(builder -> builder.refusedTokensPerSecond(1)
                .trustedProxies(List.of("127.0.0.1"))
                .authenticator(token -> {
                    asked.incrementAndGet();
                    return CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAUTHORIZED, "no"));
                }));
    }

    private static int status(ChatTestServer server, String client) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.http() + "/v1/profiles/me"))
                .header("Authorization", "Bearer bad")
                .header("X-Forwarded-For", client)
                .build();
        return TestHttp.CLIENT
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String refusal(ChatTestServer server) throws Exception {
        WebSocketClient client = WebSocketClient.open(server.ws(4, ""));
        client.next();
        client.send("40{\"token\":\"bad\"}");
        String answer = client.next();
        client.abort();
        return answer;
    }

    /** Sends refused tokens until one meets the limit. A slow machine gives the bucket time to fill up a little. */
    private static void exhaust(Callable<Boolean> limited) throws Exception {
        for (int sent = 1; !limited.call(); sent++) {
            assertThat(sent).isLessThan(10_000);
        }
    }

    @Test
    void G13_aSocketIsRefusedOnceRestUsedUpTheLimit() throws Exception {
        try (ChatTestServer server = server()) {
            for (int i = 0; i < AT_ONCE - 1; i++) {
                assertThat(status(server, CLIENT)).isEqualTo(401);
            }
            assertThat(refusal(server)).contains("unauthorized");

            exhaust(() -> {
                exhaust(() -> status(server, CLIENT) == 429);
                int before = asked.get();
                return refusal(server).contains("rate_limited") && asked.get() == before;
            });
            assertThat(status(server, "192.0.2.7")).isEqualTo(401);
        }
    }

    @Test
    void G13_restIsRefusedOnceSocketsUsedUpTheLimit() throws Exception {
        try (ChatTestServer server = server()) {
            exhaust(() -> {
                exhaust(() -> refusal(server).contains("rate_limited"));
                int before = asked.get();
                return status(server, CLIENT) == 429 && asked.get() == before;
            });
        }
    }
}
