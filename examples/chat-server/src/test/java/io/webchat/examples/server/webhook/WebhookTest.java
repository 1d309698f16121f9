package io.webchat.examples.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/** Each event of a chat reaches an HTTP receiver once, signed, and again after an error. */
class WebhookTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final List<JSONObject> received = new CopyOnWriteArrayList<>();
    private final List<String> forged = new CopyOnWriteArrayList<>();

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String signature = exchange.getRequestHeaders().getFirst("Webchat-Signature");
            long time = Long.parseLong(signature.substring(2, signature.indexOf(',')));
            if (!new WebhookSignature(SECRET).of(time, body).equals(signature)) {
                forged.add(signature);
            }
            JSONObject event = new JSONObject(new String(body, StandardCharsets.UTF_8));
            // The first post fails.
            boolean first = received.isEmpty() && forged.isEmpty() && !event.has("seen") && failures++ == 0;
            if (!first) {
                received.add(event);
            }
            exchange.sendResponseHeaders(first ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private int failures;

    @Test
    void everyKindOfEventArrivesSigned() throws Exception {
        HttpServer server = receiver();
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/hook");
        Webhook webhook = new Webhook(url, SECRET, new SimpleMeterRegistry());
        Chat chat = Chat.builder()
                .listener(webhook)
                .offlineListener(webhook)
                .config(ChatConfig.builder().pushAfter(Duration.ofMillis(1)).build())
                .build();
        try {
            chat.host()
                    .send(ChatEvent.message(ALICE, BOB, MessageId.of("m1"), "hello"))
                    .toCompletableFuture()
                    .join();
            await().untilAsserted(() -> assertThat(types()).contains("message", "offline"));
            chat.open(BOB, (session, envelope) -> session.confirm(envelope.seq()))
                    .toCompletableFuture()
                    .join();
            chat.host()
                    .rooms()
                    .create(ALICE, RoomId.of("den"), "the den", false, List.of(BOB))
                    .toCompletableFuture()
                    .join();
            chat.close(Duration.ofSeconds(10));
            webhook.close(Duration.ofSeconds(10));

            assertThat(types()).contains("message", "offline", "connect", "receipt", "room", "disconnect");
            assertThat(types().stream().filter("message"::equals)).hasSize(1);
            assertThat(forged).isEmpty();
            JSONObject message = received.stream()
                    .filter(each -> each.getString("type").equals("message"))
                    .findFirst()
                    .orElseThrow();
            assertThat(message.getJSONObject("event").getString("Text")).isEqualTo("hello");
            assertThat(message.getString("id")).isNotEmpty();
        } finally {
            server.stop(0);
        }
    }

    private List<String> types() {
        return received.stream().map(each -> each.getString("type")).toList();
    }

    @Test
    void theSignatureIsThatOfThePublicAlgorithm() {
        // echo -n '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        assertThat(new WebhookSignature(SECRET).of(1_700_000_000L, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("t=1700000000,v1=417adf36b901772f658597a76d329694e335e65fc0849d7715c3ca33406309b5");
    }
}
