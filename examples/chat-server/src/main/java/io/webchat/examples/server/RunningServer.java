package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.socketio.SocketIoServer;
import io.webchat.socketio.http.StaticFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node: the chat, its transport and its backend, started together and closed in order. */
final class RunningServer implements Running {
    private final ServerOptions options;
    private final Chat chat;
    private final SocketIoServer server;
    private final @Nullable RedisBackend redis;

    private RunningServer(ServerOptions options, Chat chat, SocketIoServer server, @Nullable RedisBackend redis) {
        this.options = options;
        this.chat = chat;
        this.server = server;
        this.redis = redis;
    }

    /**
     * Starts as the options say.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when Redis or the port cannot be used, with one sentence that says why
     */
    static RunningServer start(ServerOptions options) {
        SharedParts shared = SharedParts.of(options);
        RedisBackend redis = options.redis.isEmpty() ? null : RedisBackend.connect(options.redis);
        return start(options, options.port, shared, redis);
    }

    /**
     * Starts one node of possibly several, in memory where there is no Redis. The backend is closed with the node, also
     * where this throws as {@link #start(ServerOptions)} does.
     */
    static RunningServer start(ServerOptions options, int port, SharedParts shared, @Nullable RedisBackend redis) {
        Chat chat = chat(options, shared, redis);
        try {
            return new RunningServer(options, chat, listen(options, port, shared, chat), redis);
        } catch (RuntimeException e) {
            chat.close(Duration.ZERO);
            close(redis);
            throw e;
        }
    }

    private static Chat chat(ServerOptions options, SharedParts shared, @Nullable RedisBackend redis) {
        try {
            Chat.Builder chat = Chat.builder().config(options.chat());
            // Nodes of one process share the history; others have none of it.
            chat = options.redis.isEmpty() ? chat.callLog(shared.callLog()) : chat.localCallLog(shared.callLog());
            if (redis != null) {
                redis.addTo(chat);
            }
            return chat.build();
        } catch (RuntimeException e) {
            close(redis);
            throw e;
        }
    }

    private static SocketIoServer listen(ServerOptions options, int port, SharedParts shared, Chat chat) {
        return SocketIoServer.builder(chat)
                .host(options.host)
                .port(port)
                .authenticator(shared.tokens())
                .legacyJoin(options.legacyJoin)
                .allowedOrigins(options.origins())
                .pingInterval(Duration.ofMillis(options.pingIntervalMillis))
                .pingTimeout(Duration.ofMillis(options.pingTimeoutMillis))
                .route("POST", "/v1/login", shared.signIn())
                .route("GET", "/", new WebPage(StaticFiles.classpath("/", "web")))
                .start();
    }

    /** The beginning of a greeting: where this node is. */
    String location() {
        String name = options.host.equals("0.0.0.0") ? "localhost" : options.host;
        return "webchat listens on http://" + name + ":" + server.port() + "/";
    }

    int port() {
        return server.port();
    }

    @Override
    public List<String> greeting() {
        List<String> lines = new ArrayList<>();
        lines.add(location() + " - open it in two browser windows");
        if (redis == null) {
            lines.add("Everything is in memory and gone after a restart. Ctrl-C stops the server.");
        } else {
            lines.add("Messages wait in Redis, and reach users on every node with this --redis and --auth-secret.");
            lines.add("Names and history are in this node's memory, until a durable call log is configured."
                    + " Ctrl-C stops the server.");
        }
        return lines;
    }

    @Override
    public void close(Duration grace) {
        server.close(grace);
        chat.close(grace);
        close(redis);
    }

    private static void close(@Nullable RedisBackend redis) {
        if (redis != null) {
            redis.close();
        }
    }
}
