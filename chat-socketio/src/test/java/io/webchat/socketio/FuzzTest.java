package io.webchat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.testkit.BystanderClient;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.WebSocketClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: random input of one client does not disturb another client. The seeds are fixed; a failure names its packet. */
@Timeout(120)
class FuzzTest {
    private static final List<String> SEEDS = List.of(
            "40",
            "40{\"token\":\"token-eve\"}",
            "40/admin,{\"x\":1}",
            "41",
            "42[\"chat\",{\"EvtType\":\"message\",\"To\":\"bob\",\"MsgID\":\"m1\",\"Timestamp\":1,\"Text\":\"x\"}]",
            "4212[\"chat\",\"{\\\"EvtType\\\":\\\"typing\\\",\\\"To\\\":\\\"bob\\\"}\"]",
            "42[\"join\",\"eve\"]",
            "43123[]",
            "44{\"message\":\"x\"}",
            "451-[\"chat\",{\"_placeholder\":true,\"num\":0}]",
            "461-12[{\"_placeholder\":true,\"num\":0}]",
            "2",
            "2probe",
            "3",
            "5",
            "6",
            "0{\"sid\":\"x\"}",
            "b4AQID",
            "42[\"chat\"," + "[".repeat(500) + "]".repeat(500) + "]",
            "42[\"chat\",{\"Timestamp\":" + "9".repeat(500) + "}]",
            "42" + "1".repeat(500) + "[\"chat\"]",
            "45" + "9".repeat(500) + "-[\"chat\"]");

    private ChatTestServer server;
    private BystanderClient bystander;

    @BeforeEach
    void start() {
        server = new ChatTestServer();
        bystander = server.bystander();
    }

    @AfterEach
    void stop() {
        bystander.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "3, 2", "4, 3", "3, 4"})
    void G13_packetsOverWebSocket(int version, long seed) throws Exception {
        sendPacketsOverWebSocket(25, version, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"4, 1", "3, 2", "4, 3", "3, 4"})
    void G13_packetsOverWebSocketInManyRounds(int version, long seed) throws Exception {
        sendPacketsOverWebSocket(150, version, seed);
    }

    private void sendPacketsOverWebSocket(int rounds, int version, long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            WebSocketClient socket = WebSocketClient.open(server.ws(version, version == 3 ? "&token=token-eve" : ""));
            if (version == 4 && random.nextBoolean()) {
                socket.send(SEEDS.get(1));
            }
            for (int j = 0; j < 4 && !socket.isClosed(); j++) {
                sendQuietly(socket, mutate(random));
            }
            socket.abort();
        }
        bystander.assertServed();
    }

    private static void sendQuietly(WebSocketClient socket, byte[] packet) {
        try {
            if (packet.length % 5 == 0) {
                socket.sendBinary(packet);
            } else {
                socket.send(new String(packet, StandardCharsets.UTF_8));
            }
        } catch (RuntimeException e) {
            // The server closed the socket, as it should.
            assertThat(e).hasRootCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "3, 6"})
    void G13_payloadsOverPolling(int version, long seed) throws Exception {
        sendPayloadsOverPolling(60, version, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"4, 5", "3, 6"})
    void G13_payloadsOverPollingInManyRounds(int version, long seed) throws Exception {
        sendPayloadsOverPolling(300, version, seed);
    }

    private void sendPayloadsOverPolling(int rounds, int version, long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            String query = "EIO=" + version + "&transport=polling";
            HttpResponse<String> open = TestHttp.get(java.net.URI.create(server.http() + "/socket.io/?" + query));
            byte[] payload = payload(random, version);

            HttpResponse<String> response = TestHttp.CLIENT.send(
                    HttpRequest.newBuilder(java.net.URI.create(
                                    server.http() + "/socket.io/?" + query + "&sid=" + TestHttp.sid(open.body())))
                            .timeout(Duration.ofSeconds(30))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(payload))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode())
                    .as(new String(payload, StandardCharsets.ISO_8859_1))
                    .isIn(200, 400);
        }
        bystander.assertServed();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void G13_bytesOverTheSocket(long seed) throws Exception {
        sendBytesOverTheSocket(40, seed);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void G13_bytesOverTheSocketInManyRounds(long seed) throws Exception {
        sendBytesOverTheSocket(200, seed);
    }

    private void sendBytesOverTheSocket(int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            try (RawSocket raw = new RawSocket(server.server.port())) {
                if (random.nextBoolean()) {
                    raw.webSocket();
                    raw.frame(random.nextInt(256), mutate(random));
                }
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                raw.write(noise);
            } catch (IOException e) {
                // Closed while writing, as it should be.
                assertThat(e).hasMessageNotContaining("timed out");
            }
        }
        bystander.assertServed();
    }

    private static byte[] payload(Random random, int version) {
        byte[] first = mutate(random);
        byte[] second = mutate(random);
        if (version == 4) {
            return join(first, new byte[] {0x1E}, second);
        }
        int off = random.nextInt(10) == 0 ? random.nextInt(5) - 2 : 0;
        byte[] length = ((first.length + off) + ":").getBytes(StandardCharsets.US_ASCII);
        return random.nextInt(4) == 0 ? join(new byte[] {0, 2, (byte) 0xFF}, first, second) : join(length, first);
    }

    private static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** A proper packet with some bytes changed, cut out, doubled, or none. */
    private static byte[] mutate(Random random) {
        byte[] packet = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0 && packet.length > 1; i--) {
            int at = random.nextInt(packet.length);
            packet = switch (random.nextInt(3)) {
                case 0 -> {
                    packet[at] = (byte) random.nextInt(256);
                    yield packet;
                }
                case 1 -> java.util.Arrays.copyOf(packet, at);
                default -> join(packet, java.util.Arrays.copyOfRange(packet, at, packet.length));
            };
        }
        return packet;
    }
}
