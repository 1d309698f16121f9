package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A websocket that knows nothing of Socket.IO. */
public final class WebSocketClient implements WireClient, WebSocket.Listener {
    private static final int ABNORMAL = 1006;
    private static final int FAILED = -1;

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    /** The texts of the received pongs. */
    public final LinkedBlockingQueue<String> pongs = new LinkedBlockingQueue<>();

    private volatile String closeReason = "";
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    private WebSocketClient(HttpClient client, URI uri, @Nullable String origin) {
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (origin != null) {
            builder.header("Origin", origin);
        }
        socket = builder.buildAsync(uri, this).join();
    }

    /** Opens a websocket as no browser would: without an origin. */
    public static WebSocketClient open(URI uri) {
        return new WebSocketClient(TestHttp.CLIENT, uri, null);
    }

    /** Opens a websocket as a page of that origin would. */
    public static WebSocketClient open(URI uri, String origin) {
        return new WebSocketClient(TestHttp.CLIENT, uri, origin);
    }

    /** Opens a websocket with a client of its own, such as one for TLS. */
    public static WebSocketClient open(HttpClient client, URI uri) {
        return new WebSocketClient(client, uri, null);
    }

    /** Opens a session and connects to the default namespace. */
    public static WebSocketClient connected(TestServer server) throws InterruptedException {
        WebSocketClient socket = open(server.ws("EIO=4&transport=websocket"));
        assertThat(socket.next()).startsWith("0{");
        socket.send("40");
        String answer = socket.next();
        while (answer.equals("2")) {
            // The server sends no further ping before it has the answer to this one.
            socket.send("3");
            answer = socket.next();
        }
        assertThat(answer).startsWith("40{\"sid\":");
        return socket;
    }

    /** Sends a text frame; returns once it is written. */
    @Override
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a binary frame; returns once it is written. */
    public void sendBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Sends a ping frame. */
    public void sendPing(String text) {
        socket.sendPing(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .join();
    }

    /** Returns the next text, failing after a while. */
    public String next() throws InterruptedException {
        String text = received.poll(30, TimeUnit.SECONDS);
        assertThat(text).as("a message from the server").isNotNull();
        return text;
    }

    /** Returns the next text; an empty one if the connection ends before. */
    public String nextOrEnd() throws InterruptedException {
        String text = null;
        boolean over = false;
        for (int i = 0; i < 300 && text == null && !over; i++) {
            over = closed.isDone();
            text = received.poll(100, TimeUnit.MILLISECONDS);
        }
        return text == null ? "" : text;
    }

    @Override
    public String nextMessage() throws InterruptedException {
        String text = next();
        return text.equals("2") ? nextMessage() : text;
    }

    /** Returns the texts that arrived and were not read. */
    public List<String> drained() {
        return List.copyOf(received);
    }

    /** Tells whether nothing came that was not looked at. */
    public boolean isSilent() {
        return received.isEmpty();
    }

    /**
     * Returns the status of the close, waiting for it; 1006 if the stream ended without one, -1 after another error.
     * The JDK's client may overlook an end of stream that comes right behind data, but not a ping that cannot be sent.
     */
    public int closed() {
        CompletableFuture<Integer> status = closed.copy().orTimeout(30, TimeUnit.SECONDS);
        boolean pinged = false;
        while (!status.isDone()) {
            try {
                pinged = true;
                socket.sendPing(ByteBuffer.allocate(0)).join();
                status.get(100, TimeUnit.MILLISECONDS);
            } catch (CompletionException | ExecutionException e) {
                status.completeOnTimeout(ABNORMAL, 500, TimeUnit.MILLISECONDS).join();
            } catch (TimeoutException stillOpen) {
                assertThat(stillOpen).isNotNull();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        // A ping behind the end of the stream may itself be answered by a reset, which the client reports as an error.
        return pinged && status.join() == FAILED ? ABNORMAL : status.join();
    }

    /** Returns the reason that the close frame gave. Call it after {@link #closed}. */
    public String closeReason() {
        return closeReason;
    }

    /** Tells whether the close was seen; does not wait. */
    public boolean isClosed() {
        return closed.isDone();
    }

    /** Ends the connection without a close. */
    public void abort() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        pongs.add(java.nio.charset.StandardCharsets.UTF_8.decode(message).toString());
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeReason = reason;
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        // The JDK's client reports an InternalError if the stream ends while a text waits for request(1).
        closed.complete(error instanceof InternalError ? ABNORMAL : FAILED);
    }
}
