package io.webchat.socketio;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.internal.chat.ChatConnectionHandler;
import io.webchat.socketio.internal.chat.ConnectionRegistry;
import io.webchat.socketio.internal.engineio.TransportLimits;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.OriginPolicy;
import io.webchat.socketio.internal.server.NettyServer;
import io.webchat.socketio.rest.Probes;
import io.webchat.socketio.rest.RestApi;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link Chat} to Socket.IO clients of versions 1 to 4, over websocket and polling, and serves its REST API and
 * HTTP routes on the same port. Safe for use by several threads.
 *
 * <pre>{@code
 * SocketIoServer server = SocketIoServer.builder(chat)
 *         .port(9092)
 *         .authenticator(token -> users.ofToken(token))
 *         .start();
 * }</pre>
 */
public final class SocketIoServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ConnectionRegistry registry;
    private final NettyServer server;

    private SocketIoServer(ConnectionRegistry registry, NettyServer server) {
        this.registry = registry;
        this.server = server;
    }

    /** A builder of a server for this chat. The chat stays the caller's: closing the server leaves it open. */
    public static Builder builder(Chat chat) {
        return new Builder(chat);
    }

    /** The port that the server listens on; of use where it was left to the system. */
    public int port() {
        return server.port();
    }

    /** {@link #close(Duration)} with 10 seconds. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Shuts the server down: accepts nobody any more, tells every client that the node is {@code draining}, waits
     * until what they had sent is answered, then closes the connections and frees the port and all threads. Blocks
     * until done, not much longer than {@code grace}. Repeating it does nothing.
     *
     * <p>Client libraries connect again by themselves, to another node where there is one.
     */
    public synchronized void close(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        if (server.stopAccepting()) {
            registry.drain(grace);
            server.endSessions();
            server.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    /** Collects the settings of a server; {@link #start} checks them all. Not safe for use by several threads. */
    public static final class Builder {
        private static final int MAX_PORT = 65_535;

        private final Chat chat;
        private final List<HttpRoute> routes = new ArrayList<>();
        private @Nullable String host;
        private @Nullable Authenticator authenticator;
        private @Nullable ServerTls tls;
        private int port = 9092;
        private boolean legacyJoin;
        private boolean rest = true;
        private int requestsPerSecond = 50;
        private @Nullable Supplier<String> metrics;
        private Supplier<? extends CompletionStage<Boolean>> readiness = () -> CompletableFuture.completedStage(true);
        private Set<String> origins = Set.of();
        private TransportTimeouts timeouts = TransportTimeouts.standard();
        private int maxBodyBytes = 64 * 1024;
        private int maxPendingBytes = 1024 * 1024;

        private Builder(Chat chat) {
            this.chat = chat;
        }

        /** The address to listen on, a name or a number; every one by default. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** The port to listen on; 0 lets the system choose. Default 9092. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Tells who holds a token. Needed, unless legacy join is allowed; without it every token is refused. */
        public Builder authenticator(Authenticator value) {
            authenticator = value;
            return this;
        }

        /**
         * Whether clients of Socket.IO 1 and 2 may name themselves with {@code join}, as the original's do. It believes
         * everyone; default false.
         */
        public Builder legacyJoin(boolean value) {
            legacyJoin = value;
            return this;
        }

        /**
         * The web origins, beside the server's own, whose pages may use it, such as {@code https://chat.example}; or
         * {@code *} for all. Clients without an {@code Origin} are no web pages, and always may. Default none.
         */
        public Builder allowedOrigins(Collection<String> values) {
            origins = Set.copyOf(values);
            return this;
        }

        /** Between two heartbeats; default 25 s. */
        public Builder pingInterval(Duration value) {
            timeouts = timeouts.withPing(value, timeouts.pingTimeout());
            return this;
        }

        /** For the answer to a heartbeat, after which a client counts as gone; default 20 s. */
        public Builder pingTimeout(Duration value) {
            timeouts = timeouts.withPing(timeouts.pingInterval(), value);
            return this;
        }

        /** For a new connection to authenticate; default 10 s. */
        public Builder connectTimeout(Duration value) {
            timeouts = timeouts.withConnect(value);
            return this;
        }

        /** Bytes that may wait for one client; a client that lets more gather is closed. Default 1 MiB. */
        public Builder maxPendingBytes(int value) {
            maxPendingBytes = value;
            return this;
        }

        /** Bytes of an HTTP request's body that routes take; default 64 KiB. */
        public Builder maxBodyBytes(int value) {
            maxBodyBytes = value;
            return this;
        }

        /** Serves https and wss with this certificate, and nothing else on this port. */
        public Builder tls(ServerTls value) {
            tls = value;
            return this;
        }

        /**
         * Whether the server answers the REST API ({@link RestApi}) and the paths of {@link Probes}; default true.
         * Routes of the host's with the same or a longer path go before them.
         */
        public Builder rest(boolean value) {
            rest = value;
            return this;
        }

        /** Requests to the REST API that a user may make per second on this node; 0 for no limit. Default 50. */
        public Builder requestsPerSecond(int value) {
            requestsPerSecond = value;
            return this;
        }

        /**
         * Tells whether this node should get traffic, for {@code /health/ready}: a failure counts as no, and so does no
         * answer within 5 s. Asked at most once a second; it must not block. Default yes. While the server shuts down
         * the answer is no.
         */
        public Builder readiness(Supplier<? extends CompletionStage<Boolean>> value) {
            readiness = value;
            return this;
        }

        /**
         * Gives the figures for {@code /metrics} in Prometheus' text format. Called on network threads: it must be
         * quick. Anyone who reaches the port can read them. Default none, and 404.
         */
        public Builder metrics(Supplier<String> value) {
            metrics = value;
            return this;
        }

        /**
         * Adds an HTTP route. The route with the longest path that fits and has the request's method answers.
         *
         * @param method the method, in capitals; {@code GET} answers {@code HEAD} too, and {@code *} all methods
         * @param path the path, which covers itself and everything below it
         * @param handler who answers
         */
        public Builder route(String method, String path, HttpHandler handler) {
            routes.add(new HttpRoute(method, path, handler));
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IllegalArgumentException naming every setting that is out of range
         * @throws UncheckedIOException when the address or port cannot be listened on
         */
        public SocketIoServer start() {
            check();
            Authenticator asked = authenticator == null ? Builder::nobody : authenticator;
            ConnectionRegistry registry = new ConnectionRegistry(chat, asked, legacyJoin);
            NettyServer.Settings settings = new NettyServer.Settings(
                    host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port),
                    TransportLimits.forText(chat.config().maxTextBytes(), maxBodyBytes, maxPendingBytes),
                    timeouts,
                    new OriginPolicy(origins),
                    tls == null ? null : tls.context(),
                    allRoutes(registry));
            return new SocketIoServer(
                    registry, new NettyServer(settings, connection -> new ChatConnectionHandler(registry, connection)));
        }

        private List<HttpRoute> allRoutes(ConnectionRegistry registry) {
            List<HttpRoute> all = new ArrayList<>(routes);
            if (rest) {
                all.add(new HttpRoute(
                        HttpRoute.ANY, "/v1", new RestApi(chat, registry::authenticate, requestsPerSecond)));
                Probes probes = new Probes(
                        () -> registry.draining() ? CompletableFuture.completedStage(false) : readiness.get(), metrics);
                for (String path : List.of(Probes.LIVE, Probes.READY, Probes.METRICS)) {
                    all.add(new HttpRoute(HttpRoute.ANY, path, probes));
                }
            }
            return List.copyOf(all);
        }

        private static CompletableFuture<io.webchat.core.UserId> nobody(String token) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAUTHORIZED, "this server takes no tokens"));
        }

        private void check() {
            List<String> faults = new ArrayList<>();
            range(faults, "port", port, 0, MAX_PORT);
            range(faults, "pingInterval in ms", timeouts.pingInterval().toMillis(), 10, 3_600_000);
            range(faults, "pingTimeout in ms", timeouts.pingTimeout().toMillis(), 10, 3_600_000);
            range(faults, "connectTimeout in ms", timeouts.connect().toMillis(), 10, 3_600_000);
            range(faults, "maxPendingBytes", maxPendingBytes, 16 * 1024, 1 << 30);
            range(faults, "requestsPerSecond", requestsPerSecond, 0, 1_000_000);
            range(faults, "maxBodyBytes", maxBodyBytes, 0, 1 << 30);
            if (authenticator == null && !legacyJoin) {
                faults.add("an authenticator is needed where legacyJoin is not allowed");
            }
            for (HttpRoute route : routes) {
                if (!route.prefix().startsWith("/")) {
                    faults.add("the path of a route starts with /, unlike " + route.prefix());
                }
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("invalid server settings: " + String.join("; ", faults));
            }
        }

        private static void range(List<String> faults, String name, long value, long min, long max) {
            if (value < min || value > max) {
                faults.add(name + " must be " + min + " to " + max + ", not " + value);
            }
        }
    }
}
