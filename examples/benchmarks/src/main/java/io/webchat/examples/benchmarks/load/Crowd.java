package io.webchat.examples.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * All clients of a contest, on one event loop: so their shared state needs no lock, and the driver uses one core at
 * most.
 */
final class Crowd implements AutoCloseable {
    private static final int AT_ONCE = 100;
    private static final long PATIENCE_SECONDS = 60;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("load", true));
    private final EventLoop loop = group.next();
    private final List<LoadClient> clients = new ArrayList<>();

    EventLoop loop() {
        return loop;
    }

    List<LoadClient> clients() {
        return clients;
    }

    /**
     * Connects so many clients, the i-th as {@code prefix}i and to the i-th of the ports in turn; a limited number is
     * under way at once, unless it is to be a storm. Returns how long each took, in µs.
     *
     * @throws IllegalStateException if a client is not admitted within a minute
     */
    Histogram connect(String prefix, int count, List<Integer> ports, LoadClient.Listener listener, boolean storm) {
        return connect(IntStream.range(0, count), prefix, ports, listener, storm ? count : AT_ONCE);
    }

    /** As {@link #connect}, of the first {@code count} only each {@code step}-th from {@code first} on. */
    void connectSome(String prefix, int count, int step, int first, List<Integer> ports, LoadClient.Listener listener) {
        IntStream which = IntStream.range(0, count).filter(i -> i % step == first);
        Histogram unused = connect(which, prefix, ports, listener, AT_ONCE);
    }

    private Histogram connect(
            IntStream which, String prefix, List<Integer> ports, LoadClient.Listener listener, int atOnce) {
        Semaphore room = new Semaphore(atOnce);
        Histogram took = Latencies.histogram();
        List<CompletableFuture<LoadClient>> all = which.mapToObj(i -> {
                    room.acquireUninterruptibly();
                    long start = System.nanoTime();
                    return connect(new LoadClient(i, prefix + i, listener), ports.get(i % ports.size()))
                            .whenComplete((client, failure) -> {
                                synchronized (took) {
                                    took.recordValue(micros(System.nanoTime() - start));
                                }
                                room.release();
                            });
                })
                .toList();
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("not everybody could connect", e.getCause());
        }
        all.forEach(each -> clients.add(each.join()));
        return took;
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    private CompletableFuture<LoadClient> connect(LoadClient client, int port) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 30_000)
                .handler(client)
                .connect("127.0.0.1", port)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        client.connected().completeExceptionally(done.cause());
                    }
                });
        return client.connected();
    }

    /** Runs a task on the event loop and returns its result. */
    <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends all connections; clients may connect again afterwards. */
    void disconnect() {
        clients.forEach(LoadClient::close);
        clients.clear();
    }

    @Override
    public void close() {
        disconnect();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
