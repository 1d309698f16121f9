package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.ResponseBody;
import io.webchat.socketio.testkit.RawSocket;
import io.webchat.socketio.testkit.TestServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A response in pieces is read only as fast as its client takes it, and its source is closed in every end. */
class ResponseStreamTest {
    /** Far more than the sockets and the server hold together. */
    private static final int LARGE = 64 << 20;

    private static final String GET = "GET /down HTTP/1.1\r\nHost: x\r\n\r\n";

    private final BlockingQueue<Source> opened = new LinkedBlockingQueue<>();
    private long length = 200_000;
    private long failsAt = Long.MAX_VALUE;
    private TestServer server = start(Duration.ofSeconds(60));

    private TestServer start(Duration idle) {
        return TestServer.start(
                timeouts -> timeouts.withHttpIdle(idle), List.of(new HttpRoute("GET", "/down", request -> {
                    Source source = new Source(length, failsAt);
                    opened.add(source);
                    return CompletableFuture.completedStage(HttpResponse.of(200, "text/plain", source));
                })));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Bytes whose value is their position. */
    private static final class Source implements ResponseBody {
        final CompletableFuture<Long> closed = new CompletableFuture<>();
        final long length;
        final long failsAt;
        volatile long read;

        Source(long length, long failsAt) {
            this.length = length;
            this.failsAt = failsAt;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int count) {
            if (position >= failsAt) {
                return CompletableFuture.failedFuture(new IllegalStateException("the store is away"));
            }
            ByteBuffer bytes = ByteBuffer.allocate(count);
            while (bytes.hasRemaining()) {
                bytes.put((byte) (position + bytes.position()));
            }
            read = position + count;
            return CompletableFuture.supplyAsync(bytes::flip);
        }

        @Override
        public void close() {
            closed.complete(read);
        }

        long closed() throws Exception {
            return closed.get(30, TimeUnit.SECONDS);
        }
    }

    private Source source() throws InterruptedException {
        Source source = opened.poll(30, TimeUnit.SECONDS);
        assertThat(source).as("a source that was opened").isNotNull();
        return source;
    }

    @Test
    void aBodyArrivesWholeAndTheConnectionGoesOn() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(GET + GET);
            for (int i = 0; i < 2; i++) {
                assertThat(raw.head())
                        .startsWith("HTTP/1.1 200")
                        .contains("content-length: 200000\r\n")
                        .contains("connection: keep-alive");
                byte[] body = raw.read(200_000);
                for (int at = 0; at < body.length; at++) {
                    if (body[at] != (byte) at) {
                        throw new AssertionError("another byte at " + at);
                    }
                }
                assertThat(source().closed()).isEqualTo(200_000);
            }
        }
    }

    @Test
    void theHeadOfABodyAndAnEmptyBodyCloseTheirSource() throws Exception {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write("HEAD /down HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.head()).contains("content-length: 200000\r\n");
            assertThat(source().closed()).isZero();

            length = 0;
            raw.write(GET);
            assertThat(raw.head()).contains("content-length: 0\r\n");
            assertThat(source().closed()).isZero();

            length = 1;
            raw.write(GET);
            assertThat(raw.head()).contains("content-length: 1\r\n");
            assertThat(raw.read(1)).containsExactly(0);
        }
    }

    @Test
    void G13_aClientThatTakesNothingIsNotReadFor() throws Exception {
        length = LARGE;
        try (RawSocket raw = new RawSocket(server.port(), 4096)) {
            raw.write(GET);
            raw.head();
            Source source = source();
            assertThat(source.read).isLessThan(LARGE / 2);
            assertThat(source.closed).isNotDone();
            raw.reset();
            assertThat(source.closed()).isLessThan(LARGE / 2);
        }
    }

    @Test
    void G13_aClientThatStopsTakingIsClosed() throws Exception {
        server.close();
        server = start(Duration.ofMillis(300));
        length = LARGE;
        try (RawSocket raw = new RawSocket(server.port(), 4096)) {
            raw.write(GET);
            assertThat(source().closed()).isLessThan(LARGE);
        }
    }

    @Test
    void aBodyThatBreaksOffEndsTheConnection() throws Exception {
        failsAt = 100_000;
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.write(GET);
            raw.head();
            assertThat(raw.read(200_000).length).isLessThan(200_000);
            source().closed();
        }
    }
}
