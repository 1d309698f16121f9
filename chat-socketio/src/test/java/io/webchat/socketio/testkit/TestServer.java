package io.webchat.socketio.testkit;

import io.webchat.socketio.internal.engineio.TransportLimits;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.OriginPolicy;
import io.webchat.socketio.internal.server.NettyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** A server on a free port of the loopback, with the time-outs of the official suites and an {@link EchoHandler}. */
public final class TestServer implements AutoCloseable {
    /** The ping interval of {@link #settings}. */
    public static final Duration PING_INTERVAL = Duration.ofMillis(300);
    /** The ping time-out of {@link #settings}. */
    public static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    /** The idle time-out of {@link #settings}. */
    public static final Duration HTTP_IDLE = Duration.ofSeconds(2);

    /** The calls that the handlers received. */
    public final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    /** The server itself. */
    public final NettyServer server;

    /** The handlers of the connections so far. */
    public final LinkedBlockingQueue<EchoHandler> handlers;

    /** Starts a server with changed settings. */
    public TestServer(UnaryOperator<NettyServer.Settings> change) {
        this(change, new LinkedBlockingQueue<>());
    }

    private TestServer(UnaryOperator<NettyServer.Settings> change, LinkedBlockingQueue<EchoHandler> handlers) {
        this.handlers = handlers;
        server = new NettyServer(change.apply(settings()), connection -> {
            EchoHandler handler = new EchoHandler(connection, log);
            handlers.add(handler);
            return handler;
        });
    }

    /** Returns the settings with the time-outs of the official suites. */
    public static NettyServer.Settings settings() {
        TransportTimeouts timeouts = new TransportTimeouts(
                PING_INTERVAL,
                PING_TIMEOUT,
                Duration.ofMillis(600),
                Duration.ofMillis(600),
                Duration.ofMillis(600),
                Duration.ofMillis(200),
                HTTP_IDLE);
        return new NettyServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                TransportLimits.forText(16 * 1024, 64 * 1024, 1 << 20),
                timeouts,
                new OriginPolicy(Set.of("https://friend.example")),
                null,
                List.of());
    }

    /** Returns the same with heartbeats and time-outs that are too slow to disturb a test. */
    public static NettyServer.Settings calm(NettyServer.Settings settings) {
        return new NettyServer.Settings(
                settings.address(),
                settings.limits(),
                settings.timeouts()
                        .withPing(Duration.ofSeconds(20), Duration.ofSeconds(20))
                        .withConnect(Duration.ofSeconds(10))
                        .withUpgrade(Duration.ofSeconds(10))
                        .withStall(Duration.ofSeconds(10)),
                settings.origins(),
                settings.tls(),
                settings.routes());
    }

    /** Returns the same with other time-outs. */
    public static NettyServer.Settings with(NettyServer.Settings settings, TransportTimeouts timeouts) {
        return new NettyServer.Settings(
                settings.address(), settings.limits(), timeouts, settings.origins(), settings.tls(), settings.routes());
    }

    /** Returns the port of the server. */
    public int port() {
        return server.port();
    }

    /** Returns the HTTP address of Engine.IO with this query. */
    public URI http(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/socket.io/?" + query);
    }

    /** Returns the websocket address of Engine.IO with this query. */
    public URI ws(String query) {
        return URI.create("ws://127.0.0.1:" + port() + "/socket.io/?" + query);
    }

    @Override
    public void close() {
        server.stopAccepting();
        server.endSessions();
        server.stop(Duration.ofMillis(100));
    }
}
