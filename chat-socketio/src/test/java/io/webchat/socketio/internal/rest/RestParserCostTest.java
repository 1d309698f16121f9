package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.socketio.testkit.IoAllocation;
import io.webchat.socketio.testkit.RawSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** G13: the work of the REST API for a body or a cursor grows no faster than its bytes. */
class RestParserCostTest {
    /** The bytes that the server may allocate for a byte of a request, and for a request of no size. */
    private static final int PER_BYTE = 150;

    private static final int PER_REQUEST = 300_000;

    private static RestTestServer server;

    @BeforeAll
    static void start() {
        // The tokens are checked on the network thread, so that the rest of a request's work is done there too.
        server = new RestTestServer(
                UnaryOperator.identity(),
                settings -> settings.authenticator(
                        token -> CompletableFuture.completedFuture(Principal.of(UserId.of("alice")))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Arguments> requests() {
        return List.of(
                body("names", n -> "{" + "\"a\":1,".repeat(n) + "\"b\":1}"),
                body("different names", n -> "{" + fields(n) + "\"b\":1}"),
                body("data", n -> "{\"to\":\"bob\",\"data\":{" + fields(n) + "\"b\":1}}"),
                body("levels", n -> "{\"data\":" + "[".repeat(n)),
                body("digits", n -> "{\"data\":{\"a\":" + "1".repeat(n) + "}}"),
                body("elements", n -> "{\"to\":\"bob\",\"mentions\":[" + "\"a\",".repeat(n) + "\"b\"]}"),
                body("escapes", n -> "{\"to\":\"bob\",\"text\":\"" + "\\u0041".repeat(n) + "\"}"),
                body("blanks", n -> "{" + " ".repeat(n) + "}"),
                cursor("parts", n -> "IGEg".repeat(n)),
                cursor("a number", n -> "MTEx".repeat(n)),
                cursor("another alphabet", n -> "%2B".repeat(n)));
    }

    private static String fields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append("\"k").append(i).append("\":1,");
        }
        return fields.toString();
    }

    private static Arguments body(String part, IntFunction<String> body) {
        IntFunction<String> request = n -> {
            String json = body.apply(n);
            return "POST /v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
        };
        return Arguments.of("body: " + part, request);
    }

    private static Arguments cursor(String part, IntFunction<String> cursor) {
        IntFunction<String> request = n -> "GET /v1/call-logs?cursor=" + cursor.apply(n)
                + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n";
        return Arguments.of("cursor: " + part, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void G13_aRequestCostsNoMoreThanItsBytes(String part, IntFunction<String> request) throws Exception {
        for (int size : new int[] {50, 500, 2000}) {
            String text = request.apply(size);

            long cost = IoAllocation.of(() -> answer(text));

            assertThat(cost).as(size + " parts").isLessThan(PER_REQUEST + (long) PER_BYTE * text.length());
        }
    }

    private static String answer(String request) throws Exception {
        try (RawSocket raw = new RawSocket(server.server.port())) {
            raw.write(request);
            String head = raw.head();
            assertThat(head).doesNotStartWith("HTTP/1.1 5").doesNotStartWith("HTTP/1.1 401");
            return head;
        }
    }
}
