package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.http.BodySink;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.StreamingHandler;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A body that is taken in pieces holds the rules of every other request, and is read only as fast as it is taken. */
class StreamedRequestsTest {
    /** Far more than the sockets and the server hold together. */
    private static final int LARGE = 32 << 20;
    /** The longest body that the sink takes. */
    private static final int LIMIT = 1 << 20;

    private static final String POST = "POST /up HTTP/1.1\r\nHost: x\r\n";

    private final Uploads uploads = new Uploads();
    private TestServer server = TestServer.start(timeouts -> timeouts, List.of(new HttpRoute("POST", "/up", uploads)));

    @AfterEach
    void stop() {
        server.close();
    }

    /** Takes bodies as the test says, and answers with the number of their bytes. */
    private static final class Uploads implements StreamingHandler {
        final BlockingQueue<Upload> begun = new LinkedBlockingQueue<>();
        volatile CompletionStage<Void> permission = CompletableFuture.completedStage(null);
        volatile boolean stalled;

        @Override
        public CompletionStage<BodySink> begin(HttpRequest request, OptionalLong length) {
            return permission.thenApply(permitted -> {
                Upload upload = new Upload(stalled);
                begun.add(upload);
                return upload;
            });
        }

        @Override
        public HttpResponse failed(HttpRequest request, Throwable failure) {
            return Problem.of(413, "too_large", "refused", request.id());
        }

        @Override
        public CompletionStage<HttpResponse> handle(HttpRequest request) {
            return CompletableFuture.completedStage(HttpResponse.json(200, "\"whole\""));
        }

        Upload next() throws InterruptedException {
            Upload next = begun.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("an upload that has begun").isNotNull();
            return next;
        }
    }

    private static final class Upload implements BodySink {
        final CompletableFuture<String> end = new CompletableFuture<>();
        final BlockingQueue<CompletableFuture<Void>> writes = new LinkedBlockingQueue<>();
        final boolean stalled;
        volatile long bytes;

        Upload(boolean stalled) {
            this.stalled = stalled;
        }

        @Override
        public CompletionStage<Void> write(ByteBuffer more) {
            long sum = bytes + more.remaining();
            bytes = sum;
            CompletableFuture<Void> written = new CompletableFuture<>();
            if (sum > LIMIT) {
                return CompletableFuture.failedFuture(new IllegalStateException("too much"));
            }
            if (stalled) {
                writes.add(written);
            } else {
                written.complete(null);
            }
            return written;
        }

        @Override
        public CompletionStage<HttpResponse> finish() {
            end.complete("finished");
            return CompletableFuture.completedStage(HttpResponse.json(201, Long.toString(bytes)));
        }

        @Override
        public void abort() {
            end.complete("aborted");
        }

        String end() throws Exception {
            return end.get(30, TimeUnit.SECONDS);
        }
    }

    private static void assertAnswer(RawSocket raw, int status, String body) throws Exception {
        String head = raw.head();
        assertThat(head).startsWith("HTTP/1.1 " + status);
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        assertThat(new String(raw.read(length), StandardCharsets.UTF_8)).contains(body);
    }

    @Test
    void bodiesOfEitherFormArriveAndTheConnectionGoesOn() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 5\r\n\r\nhello");
            assertAnswer(raw, 201, "5");
            raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
            assertAnswer(raw, 201, "7");
            raw.write(POST + "Content-Length: 0\r\n\r\n");
            assertAnswer(raw, 201, "0");
        }
    }

    @Test
    void pipelinedBodiesAreAnsweredInOrder() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 5\r\n\r\nhello" + POST + "Content-Length: 3\r\n\r\nabc");
            raw.write("POST /up/below HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n.");
            assertAnswer(raw, 201, "5");
            assertAnswer(raw, 201, "3");
            assertAnswer(raw, 200, "whole");
        }
    }

    @Test
    void G13_aSinkThatIsSlowHoldsTheClientBack() throws Exception {
        uploads.stalled = true;
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: " + LARGE + "\r\n\r\n");
            CompletableFuture<Void> sent = sending(raw, new byte[LARGE]);
            Upload upload = uploads.next();

            long taken = 0;
            for (int i = 0; i < 8; i++) {
                CompletableFuture<Void> write = upload.writes.poll(30, TimeUnit.SECONDS);
                assertThat(write).isNotNull();
                taken = upload.bytes;
                write.complete(null);
            }
            assertThat(taken).isLessThanOrEqualTo(8 * 64 * 1024);
            assertThat(sent).isNotDone();
        }
        assertThat(uploads.begun).isEmpty();
    }

    @Test
    void aClientThatLeavesAbortsItsUpload() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 100\r\n\r\nhello");
            uploads.next();
        }
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 100\r\n\r\nhello");
            Upload upload = uploads.next();
            raw.reset();
            assertThat(upload.end()).isEqualTo("aborted");
        }
    }

    @Test
    void aClientThatLeavesWhileBytesAreWrittenAbortsAfterwards() throws Exception {
        uploads.stalled = true;
        Upload upload;
        CompletableFuture<Void> write;
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 100\r\n\r\nhello");
            upload = uploads.next();
            write = upload.writes.poll(30, TimeUnit.SECONDS);
            assertThat(write).isNotNull();
        }
        while (server.server.connectionCount() > 0) {
            Thread.onSpinWait();
        }
        assertThat(upload.end).isNotDone();
        write.complete(null);
        assertThat(upload.end()).isEqualTo("aborted");
    }

    @Test
    void aClientThatLeavesBeforeTheDecisionAbortsTheSink() throws Exception {
        CompletableFuture<Void> permission = new CompletableFuture<>();
        uploads.permission = permission;
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 100\r\n\r\n");
            while (server.server.connectionCount() == 0) {
                Thread.onSpinWait();
            }
            raw.write("hello");
        }
        permission.complete(null);
        assertThat(uploads.next().end()).isEqualTo("aborted");
    }

    @Test
    void G13_aBodyThatArrivesTooSlowlyTimesOut() throws Exception {
        server.close();
        server = TestServer.start(
                timeouts -> timeouts.withHttpIdle(Duration.ofMillis(300)),
                List.of(new HttpRoute("POST", "/up", uploads)));
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 100000\r\n\r\nhello");
            Upload upload = uploads.next();

            assertAnswer(raw, 408, "too slowly");
            assertThat(upload.end()).isEqualTo("aborted");
            assertThat(raw.isEnded()).isTrue();
        }
    }

    @Test
    void aBodyThatWaitsForTheServerDoesNotTimeOut() throws Exception {
        server.close();
        server = TestServer.start(
                timeouts -> timeouts.withHttpIdle(Duration.ofMillis(300)),
                List.of(new HttpRoute("POST", "/up", uploads)));
        CompletableFuture<Void> permission = new CompletableFuture<>();
        uploads.permission = permission;
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 5\r\n\r\nhello");
            // Longer than the time of three periods.
            var unused = permission.completeOnTimeout(null, 1, TimeUnit.SECONDS);
            assertAnswer(raw, 201, "5");
        }
    }

    @Test
    void anExpectationIsMetAfterTheDecision() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 100");
            raw.write("hello");
            assertAnswer(raw, 201, "5");
        }
    }

    @Test
    void G13_aRefusalBeforeTheBodyEndsTheConnection() throws Exception {
        uploads.permission = CompletableFuture.failedStage(new IllegalStateException("no"));
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n");
            raw.write("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");

            String head = raw.head();
            assertThat(head).startsWith("HTTP/1.1 413").contains("connection: close");
            assertThat(new String(raw.read(1 << 20), StandardCharsets.UTF_8)).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void G13_aBodyBeyondTheLimitIsRefusedAtOnce() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n");
            CompletableFuture<Void> sent = sending(raw, chunk(LIMIT + (64 << 10)));
            assertAnswer(raw, 413, "refused");
            assertThat(uploads.next().end()).isEqualTo("aborted");
            sent.exceptionally(broken -> null).get(30, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Void> sending(RawSocket raw, byte[] bytes) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        raw.write(bytes);
                    } catch (IOException ended) {
                        throw new CompletionException(ended);
                    }
                },
                task -> new Thread(task).start());
    }

    /** A chunk that another one follows. */
    private static byte[] chunk(int bytes) {
        byte[] size = (Integer.toHexString(bytes) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = Arrays.copyOf(size, size.length + bytes + 2);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    @Test
    void G13_aMalformedBodyIsRefusedAndAborted() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            Upload upload = uploads.next();
            raw.write("zz\r\n");

            assertAnswer(raw, 400, "malformed");
            assertThat(upload.end()).isEqualTo("aborted");
            assertThat(raw.isEnded()).isTrue();
        }
    }

    @Test
    void G13_theRulesOfEveryRequestHold() throws Exception {
        for (String head : List.of(
                "POST /up HTTP/1.1\r\nHost: foe.example\r\nContent-Length: 5\r\n\r\nhello",
                "POST /up HTTP/1.1\r\nHost: x\r\nOrigin: https://foe.example\r\nContent-Length: 5\r\n\r\nhello")) {
            try (RawSocket raw = new RawSocket(server.port())) {
                raw.write(head);
                assertThat(raw.head()).startsWith("HTTP/1.1 403");
            }
        }
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello");
            assertThat(raw.head()).startsWith("HTTP/1.1 400");
        }
        assertThat(uploads.begun).isEmpty();
    }
}
