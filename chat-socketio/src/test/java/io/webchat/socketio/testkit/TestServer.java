package io.webchat.socketio.testkit;

import io.webchat.socketio.internal.engineio.TransportLimits;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.PeerFault;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.http.access.BasePath;
import io.webchat.socketio.internal.http.access.HostPolicy;
import io.webchat.socketio.internal.http.access.OriginPolicy;
import io.webchat.socketio.internal.http.access.TrustedProxies;
import io.webchat.socketio.internal.server.NettyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/** A server on a free port of the loopback whose connections are served by {@link EchoHandler}s. */
public final class TestServer implements AutoCloseable {
    private static final Duration NEVER = Duration.ofSeconds(60);
    /** The tests' raw requests are for the host {@code x}. */
    private static final AccessPolicy ACCESS = new AccessPolicy(
            new HostPolicy(Set.of("x")),
            new OriginPolicy(Set.of("https://friend.example")),
            new TrustedProxies(Set.of()),
            BasePath.of("/"));

    /** The calls that the handlers received. */
    public final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    /** The handlers of the connections so far. */
    public final LinkedBlockingQueue<EchoHandler> handlers = new LinkedBlockingQueue<>();
    /** The server itself. */
    public final NettyServer server;

    /** The faults of peers that were counted. */
    public final LinkedBlockingQueue<PeerFault> faults = new LinkedBlockingQueue<>();

    private TestServer(
            UnaryOperator<TransportTimeouts> timeouts, int port, List<HttpRoute> routes, AccessPolicy access) {
        NettyServer.Settings settings = settings(timeouts, port, routes, access);
        server = new NettyServer(settings, connection -> {
            EchoHandler handler = new EchoHandler(connection, log);
            handlers.add(handler);
            return handler;
        });
    }

    /** Starts a server whose time-outs are too long to disturb a test, even on a busy machine. */
    public static TestServer start() {
        return start(timeouts -> timeouts);
    }

    /** Starts a server whose time-outs are too long to disturb a test, with the changes that a test needs. */
    public static TestServer start(UnaryOperator<TransportTimeouts> timeouts) {
        return new TestServer(timeouts, 0, List.of(), ACCESS);
    }

    /** Starts a server on this port. */
    public static TestServer startOn(int port) {
        return new TestServer(timeouts -> timeouts, port, List.of(), ACCESS);
    }

    /** Starts a server with these routes. */
    public static TestServer start(UnaryOperator<TransportTimeouts> timeouts, List<HttpRoute> routes) {
        return new TestServer(timeouts, 0, routes, ACCESS);
    }

    /** Starts a server with these routes and rules. */
    public static TestServer start(List<HttpRoute> routes, AccessPolicy access) {
        return new TestServer(timeouts -> timeouts, 0, routes, access);
    }

    private NettyServer.Settings settings(
            UnaryOperator<TransportTimeouts> change, int port, List<HttpRoute> routes, AccessPolicy access) {
        TransportTimeouts timeouts =
                new TransportTimeouts(NEVER, NEVER, NEVER, NEVER, NEVER, Duration.ofMillis(200), NEVER, NEVER);
        return new NettyServer.Settings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                TransportLimits.forContent(16 * 1024, 64 * 1024, 1 << 20),
                change.apply(timeouts),
                access,
                null,
                routes,
                faults::add);
    }

    /** Returns the port of the server. */
    public int port() {
        return server.port();
    }

    /** Returns the number of open Engine.IO sessions. */
    public int sessionCount() {
        return server.sessionCount();
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
