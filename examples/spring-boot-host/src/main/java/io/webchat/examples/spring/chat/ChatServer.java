package io.webchat.examples.spring.chat;

import io.webchat.core.Authenticator;
import io.webchat.core.Chat;
import io.webchat.socketio.SocketIoServer;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the chat to clients when the application has started, and drains it when the application stops: together with
 * the web server, in the phase that comes before beans are destroyed.
 */
public final class ChatServer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);
    /** That of Spring Boot's graceful shutdown of its web server. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final SocketIoServer.Builder builder;
    private final Duration grace;
    private volatile @Nullable SocketIoServer running;

    ChatServer(Chat chat, Authenticator authenticator, WebchatProperties properties) {
        builder = SocketIoServer.builder(chat)
                .port(properties.port())
                .authenticator(authenticator)
                .allowedOrigins(properties.allowedOrigins())
                .rest(properties.rest());
        if (properties.host() != null) {
            builder.host(properties.host());
        }
        grace = properties.shutdownGrace();
    }

    /** The port that clients connect to; empty while the server does not run. */
    public OptionalInt port() {
        SocketIoServer server = running;
        return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
    }

    @Override
    public void start() {
        SocketIoServer server = builder.start();
        running = server;
        LOG.info("Socket.IO clients may connect to port {}", server.port());
    }

    /** Drains on a thread of its own, so that the web server can do so at the same time. */
    @Override
    public void stop(Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        },
                        "webchat-shutdown")
                .start();
    }

    @Override
    public void stop() {
        SocketIoServer server = running;
        running = null;
        if (server != null) {
            server.close(grace);
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
