package io.webchat.socketio.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** A transport on a free port of the loopback with the official suites' timings and an echo behind it. */
final class TestServer implements AutoCloseable {
    static final Duration PING_INTERVAL = Duration.ofMillis(300);
    static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    static final Duration HTTP_IDLE = Duration.ofSeconds(2);

    final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    final Transport transport;

    TestServer(UnaryOperator<Transport.Settings> change) {
        this(change, new LinkedBlockingQueue<>());
    }

    private TestServer(UnaryOperator<Transport.Settings> change, LinkedBlockingQueue<EchoHandler> handlers) {
        this.handlers = handlers;
        transport = new Transport(change.apply(settings()), connection -> {
            EchoHandler handler = new EchoHandler(connection, log);
            handlers.add(handler);
            return handler;
        });
    }

    final LinkedBlockingQueue<EchoHandler> handlers;

    static Transport.Settings settings() {
        Timings timings = new Timings(
                PING_INTERVAL,
                PING_TIMEOUT,
                Duration.ofMillis(600),
                Duration.ofMillis(600),
                Duration.ofMillis(600),
                Duration.ofMillis(200),
                HTTP_IDLE);
        return new Transport.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Limits.forText(16 * 1024, 64 * 1024, 1 << 20),
                timings,
                new OriginPolicy(Set.of("https://friend.example")),
                null,
                List.of());
    }

    /** Heartbeats slow enough to stay out of a test's way. */
    static Transport.Settings calm(Transport.Settings settings) {
        return new Transport.Settings(
                settings.address(),
                settings.limits(),
                settings.timings()
                        .withPing(Duration.ofSeconds(20), Duration.ofSeconds(20))
                        .withConnect(Duration.ofSeconds(10))
                        .withUpgrade(Duration.ofSeconds(10))
                        .withStall(Duration.ofSeconds(10)),
                settings.origins(),
                settings.tls(),
                settings.routes());
    }

    /** The same with other timings. */
    static Transport.Settings with(Transport.Settings settings, Timings timings) {
        return new Transport.Settings(
                settings.address(), settings.limits(), timings, settings.origins(), settings.tls(), settings.routes());
    }

    int port() {
        return transport.port();
    }

    URI http(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/socket.io/?" + query);
    }

    URI ws(String query) {
        return URI.create("ws://127.0.0.1:" + port() + "/socket.io/?" + query);
    }

    @Override
    public void close() {
        transport.stopAccepting();
        transport.endSessions();
        transport.stop(Duration.ofMillis(100));
    }
}
