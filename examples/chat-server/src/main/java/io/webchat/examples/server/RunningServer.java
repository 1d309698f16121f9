package io.webchat.examples.server;

import io.webchat.core.Chat;
import io.webchat.socketio.SocketIoServer;
import io.webchat.socketio.http.StaticFiles;
import java.time.Clock;
import java.time.Duration;

/** The chat and its transport, started together and closed in order. */
final class RunningServer {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private final Chat chat;
    private final SocketIoServer server;

    private RunningServer(Chat chat, SocketIoServer server) {
        this.chat = chat;
        this.server = server;
    }

    /**
     * Starts on the port that the options name.
     *
     * @throws IllegalArgumentException when an option is out of range
     */
    static RunningServer start(ServerOptions options) {
        byte[] given = options.secret();
        Tokens tokens = new Tokens(given.length == 0 ? Tokens.randomKey() : given, TOKEN_LIFETIME, Clock.systemUTC());
        Chat chat = Chat.builder().config(options.chat()).build();
        try {
            SocketIoServer server = SocketIoServer.builder(chat)
                    .host(options.host)
                    .port(options.port)
                    .authenticator(tokens)
                    .legacyJoin(options.legacyJoin)
                    .allowedOrigins(options.origins())
                    .pingInterval(Duration.ofMillis(options.pingIntervalMillis))
                    .pingTimeout(Duration.ofMillis(options.pingTimeoutMillis))
                    .route("POST", "/v1/login", new SignIn(tokens))
                    .route("GET", "/", page())
                    .start();
            return new RunningServer(chat, server);
        } catch (RuntimeException e) {
            chat.close(Duration.ZERO);
            throw e;
        }
    }

    private static WebPage page() {
        return new WebPage(StaticFiles.classpath("/", "web"));
    }

    int port() {
        return server.port();
    }

    void close(Duration grace) {
        server.close(grace);
        chat.close(grace);
    }
}
