package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A well-behaved client that sends one request after the other on its own thread, while other clients attack. */
public final class BystanderClient implements AutoCloseable {
    private static final int ENOUGH = 10;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final CompletableFuture<Void> run;

    /**
     * Starts one.
     *
     * @param open connects it
     * @param packet the packet that it sends; {@code %d} stands for the number of the round
     * @param answer the beginning of each answer
     */
    public BystanderClient(Callable<WebSocketClient> open, String packet, String answer) {
        // Not on the common pool: a small one would be full with it, and servers of tests need that.
        run = CompletableFuture.runAsync(
                () -> ask(open, packet, answer), task -> new Thread(task, "bystander").start());
    }

    /** One that a server of events answers. */
    public static BystanderClient of(TestServer server) {
        return new BystanderClient(
                () -> WebSocketClient.connected(server), "42[\"message\",%d]", "42[\"message-back\",%d]");
    }

    private void ask(Callable<WebSocketClient> open, String packet, String answer) {
        try {
            WebSocketClient socket = open.call();
            for (int round = 0; !done.get(); round++) {
                long start = System.nanoTime();
                socket.send(packet.formatted(round));
                assertThat(answered(socket)).startsWith(answer.formatted(round));
                slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                served.incrementAndGet();
            }
            socket.abort();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answered(WebSocketClient socket) throws InterruptedException {
        String text = socket.next();
        while (text.equals("2")) {
            socket.send("3");
            text = socket.next();
        }
        return text;
    }

    /**
     * Fails unless the server answered all the time, also after the attack, and no answer took longer than 20 seconds.
     * A busy machine takes its time, but an event loop that an attack stalls takes longer.
     */
    public void assertServed() {
        int before = served.get();
        await().until(() -> run.isDone() || served.get() >= before + ENOUGH);
        done.set(true);
        run.join();
        assertThat(Duration.ofNanos(slowest.get())).isLessThan(LONGEST);
    }

    @Override
    public void close() {
        done.set(true);
    }
}
