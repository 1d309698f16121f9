package io.webchat.socketio.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.testkit.IoAllocation;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestHttp;
import io.webchat.socketio.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G13: the work for a request grows no faster than its bytes, whichever part of the request grows. */
class ParserCostTest {
    /** The bytes that the server may allocate for a byte of a request, and for a request of no size. */
    private static final int PER_BYTE = 150;

    private static final int PER_REQUEST = 300_000;

    /** A frame with one byte: two of its head, and four of its mask. */
    private static final int FRAME_BYTES = 7;

    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpRoute echo = new HttpRoute(
                "*",
                "/v1/echo",
                request -> CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", request.body())));
        // The loopback is a trusted proxy, so that the fields of proxies are read.
        AccessPolicy access = new AccessPolicy(
                new HostPolicy(Set.of("x")),
                new OriginPolicy(Set.of()),
                new TrustedProxies(Set.of("127.0.0.0/8", "::1")),
                BasePath.of("/"));
        server = TestServer.start(List.of(echo), access);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> requests() {
        List<Arguments> all = new ArrayList<>();
        for (String target : List.of("/v1/echo", "/socket.io/?EIO=4&transport=polling")) {
            String get = "GET " + target + " HTTP/1.1\r\nHost: x\r\n";
            all.add(of("names that differ in case", target, n -> get + fields(n, ParserCostTest::inCase) + "\r\n"));
            all.add(of("names", target, n -> get + fields(n, i -> Integer.toString(i, 36)) + "\r\n"));
            all.add(of("one name", target, n -> get + fields(n, i -> "a") + "\r\n"));
            all.add(of("folded lines", target, n -> get + "a: b\r\n" + " c\r\n".repeat(n) + "\r\n"));
            all.add(of("cookies", target, n -> get + "Cookie: a=b" + "; a=b".repeat(n) + "\r\n\r\n"));
            all.add(of("options", target, n -> get + "Connection: a" + ",a".repeat(n) + "\r\n\r\n"));
            all.add(of("proxies", target, n -> get + "X-Forwarded-For: a" + ",a".repeat(n) + "\r\n\r\n"));
            all.add(of("trusted", target, n -> get + "X-Forwarded-For: ::1" + ",::1".repeat(n) + "\r\n\r\n"));
            all.add(of("forwarded", target, n -> get + "Forwarded: for=::1" + ",for=a".repeat(n) + "\r\n\r\n"));
            all.add(of("pairs", target, n -> get + "Forwarded: a=b" + ";a=b".repeat(n) + "\r\n\r\n"));
            all.add(of("quotes", target, n -> get + "Forwarded: a=" + "\"".repeat(n) + ",\r\n\r\n"));
            String query = target + (target.contains("?") ? "&" : "?");
            all.add(of("parameters", target, n -> "GET " + query + "a&".repeat(n) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
            all.add(of("escapes", target, n -> "GET " + query + "%41".repeat(n) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
            all.add(of("slashes", target, n -> "GET /v1/" + "/".repeat(n) + " HTTP/1.1\r\nHost: x\r\n\r\n"));
        }
        String post = "POST /v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        all.add(of("chunks", "body", n -> post + "1\r\na\r\n".repeat(n) + "0\r\n\r\n"));
        all.add(of("folded trailers", "body", n -> post + "0\r\na: b\r\n" + " c\r\n".repeat(n) + "\r\n"));
        all.add(of("trailers", "body", n -> post + "0\r\n" + fields(n, ParserCostTest::inCase) + "\r\n"));
        return all;
    }

    private static Arguments of(String part, String target, IntFunction<String> request) {
        return Arguments.of(part, target, request);
    }

    private static String fields(int count, IntFunction<String> name) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(name.apply(i)).append(":\r\n");
        }
        return fields.toString();
    }

    private static String inCase(int number) {
        StringBuilder name = new StringBuilder();
        IntStream.range(0, 12).forEach(bit -> name.append(((number >> bit) & 1) == 1 ? 'A' : 'a'));
        return name.toString();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("requests")
    void G13_aRequestCostsNoMoreThanItsBytes(String part, String target, IntFunction<String> request) throws Exception {
        for (int size : new int[] {50, 500, 1000, 2000}) {
            String text = request.apply(size);

            long cost = IoAllocation.of(() -> answer(text));

            assertThat(cost).as(size + " parts").isLessThan(PER_REQUEST + (long) PER_BYTE * text.length());
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void G13_aPollingBodyCostsNoMoreThanItsBytes(int version, IntFunction<String> payload) throws Exception {
        for (int size : new int[] {50, 500, 2000}) {
            String body = payload.apply(size);
            long cost = IoAllocation.of(() -> {
                String session = TestHttp.session(server, version);
                TestHttp.send("POST", server.http(session), "40");
                return TestHttp.send("POST", server.http(session), body);
            });

            assertThat(cost).as(size + " parts").isLessThan(2 * PER_REQUEST + (long) PER_BYTE * body.length());
        }
    }

    static List<Arguments> payloads() {
        List<Arguments> all = new ArrayList<>();
        all.add(payload(3, n -> "1:2".repeat(n)));
        all.add(payload(3, n -> (20 * n) + ":" + "\u00c3".repeat(20 * n)));
        all.add(payload(3, n -> "42[\"x\",".length() + 20 * n + 1 + ":42[\"x\"," + "[".repeat(20 * n) + "]"));
        all.add(payload(4, n -> "3" + "\u001e3".repeat(n)));
        all.add(payload(4, n -> "42[\"x\"," + "[],".repeat(n) + "1]"));
        all.add(payload(4, n -> "42[\"x\"," + "[".repeat(20 * n)));
        all.add(payload(4, n -> "42[\"x\",{" + "\"a\":1,".repeat(n) + "\"b\":2}]"));
        all.add(payload(4, n -> "42[\"x\"," + "1".repeat(20 * n) + "]"));
        all.add(payload(4, n -> "42[\"" + "\\u0041".repeat(n) + "\"]"));
        all.add(payload(4, n -> "4" + "2".repeat(20 * n)));
        all.add(payload(4, n -> "42/" + "x".repeat(20 * n)));
        all.add(payload(4, n -> "40{" + "\"a\":1,".repeat(n) + "\"b\":2}"));
        return all;
    }

    private static Arguments payload(int version, IntFunction<String> payload) {
        return Arguments.of(version, payload);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 2000})
    void G13_aMessageInFragmentsCostsNoMoreThanTheirBytes(int size) throws Exception {
        byte[] message = ("42[\"message\",\"" + "a".repeat(size) + "\"]").getBytes(StandardCharsets.US_ASCII);
        long cost = IoAllocation.of(() -> {
            try (RawSocket raw = new RawSocket(server.port())) {
                raw.webSocket();
                raw.text("40");
                skipTo(raw, "140{");
                raw.frame(0x01, new byte[] {'4'});
                for (int i = 1; i < message.length; i++) {
                    raw.frame(i == message.length - 1 ? 0x80 : 0, new byte[] {message[i]});
                }
                return skipTo(raw, "142[\"message-back\"");
            }
        });

        assertThat(cost).isLessThan(2 * PER_REQUEST + (long) PER_BYTE * FRAME_BYTES * message.length);
    }

    private static String skipTo(RawSocket raw, String start) throws IOException {
        String frame = raw.serverFrame();
        while (!frame.startsWith(start)) {
            frame = raw.serverFrame();
        }
        return frame;
    }

    private static String answer(String request) throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(request);
            return raw.head();
        }
    }
}
