package io.webchat.socketio;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.socketio.http.HttpHandler;
import io.webchat.socketio.internal.auth.TokenAuthentication;
import io.webchat.socketio.internal.chat.ChatConnectionHandler;
import io.webchat.socketio.internal.chat.ConnectionRegistry;
import io.webchat.socketio.internal.engineio.TransportLimits;
import io.webchat.socketio.internal.engineio.TransportTimeouts;
import io.webchat.socketio.internal.http.HttpRoute;
import io.webchat.socketio.internal.http.access.AccessPolicy;
import io.webchat.socketio.internal.rest.RestDispatcher;
import io.webchat.socketio.internal.server.NettyServer;
import io.webchat.socketio.rest.Probes;
import io.webchat.socketio.rest.RestApi;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link Chat} to Socket.IO clients of versions 1 to 4, over websocket and polling. The REST API and HTTP
 * routes of the host are served on the same port. Thread-safe.
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

    /** Returns a builder of a server for this chat. Closing the server does not close the chat. */
    public static Builder builder(Chat chat) {
        return new Builder(chat);
    }

    /** Returns the port that the server listens on. Useful if the builder left the choice to the system. */
    public int port() {
        return server.port();
    }

    /** Shuts the server down as {@link #close(Duration)} does, with 10 seconds. */
    @Override
    public void close() {
        close(GRACE);
    }

    /**
     * Shuts the server down in these steps:
     *
     * <ol>
     *   <li>It stops accepting connections and frees the port.
     *   <li>It tells every client that the node is {@code draining}.
     *   <li>It waits until the requests of the clients are answered.
     *   <li>It closes the connections and stops all threads.
     * </ol>
     *
     * <p>The call blocks until then, and not much longer than {@code grace}. A second call has no effect. Client
     * libraries reconnect by themselves, to another node if there is one.
     *
     * @param grace the longest time to wait
     */
    public synchronized void close(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        if (server.stopAccepting()) {
            registry.drain(grace);
            server.endSessions();
            server.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    /** Collects the settings of a server. {@link #start} checks all of them. Not thread-safe. */
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
        private int refusedTokensPerSecond = TokenAuthentication.REFUSED_PER_SECOND;
        private @Nullable Supplier<String> metrics;
        private Supplier<? extends CompletionStage<Boolean>> readiness = () -> CompletableFuture.completedStage(true);
        private final AccessSettings access = new AccessSettings();
        private TransportTimeouts timeouts = TransportTimeouts.standard();
        private int maxBodyBytes = 64 * 1024;
        private int maxPendingBytes = 1024 * 1024;

        private Builder(Chat chat) {
            this.chat = chat;
        }

        /** Sets the host name or IP address to listen on. By default the server listens on all addresses. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** Sets the port to listen on; 0 lets the system choose. The default is 9092. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Sets the authenticator, which returns the user of a token. It is required unless {@link #legacyJoin} is true.
         * A server without an authenticator refuses every token.
         */
        public Builder authenticator(Authenticator value) {
            authenticator = value;
            return this;
        }

        /**
         * Lets clients of Socket.IO 1 and 2 name their user with a {@code join} event, as the original server did.
         * Nobody checks that name. The default is false.
         */
        public Builder legacyJoin(boolean value) {
            legacyJoin = value;
            return this;
        }

        /**
         * Sets the web origins whose pages may use the server, such as {@code https://chat.example}; {@code *} allows
         * all. The server's own origin is always allowed. So are clients that send no {@code Origin}, because they are
         * not web pages. Capitals, default ports, a final slash and {@code wss:} make no difference. {@link #start}
         * refuses origins that can never match. The default is none.
         */
        public Builder allowedOrigins(Collection<String> values) {
            access.origins = Set.copyOf(values);
            return this;
        }

        /** See {@link #allowedOrigins(Collection)}. */
        public Builder allowedOrigins(String... values) {
            return allowedOrigins(List.of(values));
        }

        /**
         * Sets the host names under which clients reach the server, such as {@code chat.example}; {@code *} allows all.
         * A request for another host is refused: a foreign page can make its own name resolve to this server. Names of
         * the loopback, IP addresses, the {@link #host} and the hosts of {@link #allowedOrigins} are always allowed;
         * the origin {@code *} allows all hosts. The default is none.
         */
        public Builder allowedHosts(Collection<String> values) {
            access.hosts = Set.copyOf(values);
            return this;
        }

        /**
         * Sets the proxies in front of the server, as IP addresses or CIDR blocks such as {@code 10.0.0.0/8}. The
         * server believes their {@code Forwarded} and {@code X-Forwarded-For} fields about the address of the client,
         * which {@code HttpRequest.remoteAddress} then returns. The default is none.
         */
        public Builder trustedProxies(Collection<String> values) {
            access.proxies = Set.copyOf(values);
            return this;
        }

        /**
         * Sets the path below which the server answers, such as {@code /chat}, for a proxy that passes paths on
         * unchanged. Routes, the REST API and Socket.IO are then below it. The default is {@code /}.
         */
        public Builder basePath(String value) {
            access.basePath = value;
            return this;
        }

        /**
         * Sets how long an idle HTTP connection stays open for its next request. It must be longer than the proxy in
         * front keeps connections, or some requests meet a connection that is just being closed. The default is 75 s.
         */
        public Builder keepAliveTimeout(Duration value) {
            timeouts = timeouts.withKeepAlive(value);
            return this;
        }

        /** Sets the time between two heartbeats. The default is 25 s. */
        public Builder pingInterval(Duration value) {
            timeouts = timeouts.withPing(value, timeouts.pingTimeout());
            return this;
        }

        /** Sets the time for the answer to a heartbeat. A client that does not answer is disconnected. Default 20 s. */
        public Builder pingTimeout(Duration value) {
            timeouts = timeouts.withPing(timeouts.pingInterval(), value);
            return this;
        }

        /** Sets the time for a new connection to authenticate. The default is 10 s. */
        public Builder connectTimeout(Duration value) {
            timeouts = timeouts.withConnect(value);
            return this;
        }

        /** Sets how many bytes may wait for one client. A slower client is disconnected. The default is 1 MiB. */
        public Builder maxPendingBytes(int value) {
            maxPendingBytes = value;
            return this;
        }

        /** Sets the largest body of a request to a route, in bytes. The default is 64 KiB. */
        public Builder maxBodyBytes(int value) {
            maxBodyBytes = value;
            return this;
        }

        /** Sets the certificate. The port then serves only https and wss. */
        public Builder tls(ServerTls value) {
            tls = value;
            return this;
        }

        /**
         * Turns the REST API ({@link RestApi}) and the paths of {@link Probes} on or off. A route of the host with the
         * same or a longer path takes precedence. The default is on.
         */
        public Builder rest(boolean value) {
            rest = value;
            return this;
        }

        /** Sets how many REST requests a user may make per second on this node; 0 means no limit. The default is 50. */
        public Builder requestsPerSecond(int value) {
            requestsPerSecond = value;
            return this;
        }

        /**
         * Sets how many refused tokens an address may send per second, for long; 20 times as many may come at once. An
         * address with more gets {@code rate_limited}, and the authenticator is asked only about tokens that were
         * valid lately. An authenticator that is {@code isLocal} is asked always. 0 means no limit. The default is 5.
         */
        public Builder refusedTokensPerSecond(int value) {
            refusedTokensPerSecond = value;
            return this;
        }

        /**
         * Sets the check behind {@code /health/ready}: whether this node should receive traffic. A failure means no,
         * and so does a check that takes longer than 5 s. The server calls it at most once a second; it must not block.
         * While the server shuts down the answer is no. By default the answer is yes.
         */
        public Builder readiness(Supplier<? extends CompletionStage<Boolean>> value) {
            readiness = value;
            return this;
        }

        /**
         * Sets the source of {@code /metrics} in Prometheus' text format. It is called on network threads and must be
         * quick. Everyone who can reach the port can read the metrics. Without a source the path answers 404.
         */
        public Builder metrics(Supplier<String> value) {
            metrics = value;
            return this;
        }

        /**
         * Adds an HTTP route. Of the routes that match the path and the method of a request, the one with the longest
         * path answers. A {@code StreamingHandler} takes bodies of any size, in pieces.
         *
         * @param method the method in capitals; {@code GET} also answers {@code HEAD}, and {@code *} answers all
         *     methods
         * @param path the path; the route also covers every path below it
         * @param handler the handler that answers
         */
        public Builder route(String method, String path, HttpHandler handler) {
            routes.add(new HttpRoute(method, path, handler));
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IllegalArgumentException if settings are out of range; the message names all of them
         * @throws UncheckedIOException if the server cannot listen on the address and port
         */
        public SocketIoServer start() {
            AccessPolicy policy = check();
            Authenticator chosen = authenticator == null ? Builder::refuse : authenticator;
            TokenAuthentication tokens = new TokenAuthentication(chosen, refusedTokensPerSecond);
            ConnectionRegistry registry = new ConnectionRegistry(chat, tokens, legacyJoin);
            NettyServer.Settings settings = new NettyServer.Settings(
                    host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port),
                    TransportLimits.forContent(
                            chat.config().maxTextBytes() + chat.config().maxDataBytes(), maxBodyBytes, maxPendingBytes),
                    timeouts,
                    policy,
                    tls == null ? null : tls.context(),
                    allRoutes(registry, tokens),
                    fault -> chat.observer().peerFault(fault.name().toLowerCase(Locale.ROOT)));
            return new SocketIoServer(
                    registry, new NettyServer(settings, connection -> new ChatConnectionHandler(registry, connection)));
        }

        private List<HttpRoute> allRoutes(ConnectionRegistry registry, TokenAuthentication tokens) {
            List<HttpRoute> all = new ArrayList<>(routes);
            if (rest) {
                RestDispatcher api = new RestDispatcher(chat, tokens, requestsPerSecond);
                // Without its streaming side, which belongs to the uploads alone.
                all.add(new HttpRoute(HttpRoute.ANY, "/v1", request -> api.handle(request)));
                all.add(new HttpRoute("POST", RestDispatcher.STREAMED, api));
                Probes probes = new Probes(
                        () -> registry.draining() ? CompletableFuture.completedStage(false) : readiness.get(), metrics);
                for (String path : List.of(Probes.LIVE, Probes.READY, Probes.METRICS)) {
                    all.add(new HttpRoute(HttpRoute.ANY, path, probes));
                }
            }
            return List.copyOf(all);
        }

        private static CompletableFuture<Principal> refuse(String token) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAUTHORIZED, "this server accepts no tokens"));
        }

        private AccessPolicy check() {
            List<String> faults = new ArrayList<>();
            AccessPolicy policy = access.policy(host, faults);
            range(faults, "port", port, 0, MAX_PORT);
            range(faults, "pingInterval in ms", timeouts.pingInterval().toMillis(), 10, 3_600_000);
            range(faults, "pingTimeout in ms", timeouts.pingTimeout().toMillis(), 10, 3_600_000);
            range(faults, "connectTimeout in ms", timeouts.connect().toMillis(), 10, 3_600_000);
            range(faults, "keepAliveTimeout in ms", timeouts.keepAlive().toMillis(), 10, 3_600_000);
            range(faults, "maxPendingBytes", maxPendingBytes, 16 * 1024, 1 << 30);
            range(faults, "requestsPerSecond", requestsPerSecond, 0, 1_000_000);
            range(faults, "refusedTokensPerSecond", refusedTokensPerSecond, 0, 1_000_000);
            range(faults, "maxBodyBytes", maxBodyBytes, 0, 1 << 30);
            if (authenticator == null && !legacyJoin) {
                faults.add("set an authenticator, or allow legacyJoin");
            }
            for (HttpRoute route : routes) {
                if (!route.prefix().startsWith("/")) {
                    faults.add("the path of a route must start with /, not " + route.prefix());
                }
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("invalid server settings: " + String.join("; ", faults));
            }
            return policy;
        }

        private static void range(List<String> faults, String name, long value, long min, long max) {
            if (value < min || value > max) {
                faults.add(name + " must be " + min + " to " + max + ", not " + value);
            }
        }
    }
}
