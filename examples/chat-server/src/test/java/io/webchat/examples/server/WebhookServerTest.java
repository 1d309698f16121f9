package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/** The server with {@code --webhook} posts what its users do, signed with the key of its option. */
class WebhookServerTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /** A post, and whether its signature is that of its time and body. */
    private record Received(JSONObject body, boolean signed) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();

    private HttpServer receiver() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String signature = exchange.getRequestHeaders().getFirst("Webchat-Signature");
            received.add(new Received(new JSONObject(body), isSigned(signature, body)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Checks the signature as docs/webhooks.md tells receivers to. */
    private static boolean isSigned(String signature, String body) {
        String time = signature.substring("t=".length(), signature.indexOf(','));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
            return signature.equals("t=" + time + ",v1=" + HexFormat.of().formatHex(expected));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMessageOverRestArrivesSignedAtTheReceiver() throws Exception {
        HttpServer receiver = receiver();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        try (CommandRun server = CommandRun.of("--port", "0", "--webhook", url, "--webhook-secret", SECRET)) {
            Rest alice = new Rest(server.port(), SignInHelp.token(server.port(), "alice"));

            assertThat(alice.post("/v1/messages", "{\"to\":\"bob\",\"text\":\"hello\"}")
                            .statusCode())
                    .isEqualTo(201);

            await().untilAsserted(() -> assertThat(received)
                    .anySatisfy(each -> assertThat(each.body
                                    .optJSONObject("event", new JSONObject())
                                    .optString("Text"))
                            .isEqualTo("hello")));
            assertThat(received).allMatch(Received::signed);
        } finally {
            receiver.stop(0);
        }
    }
}
