package io.webchat.socketio.spring;

import io.webchat.socketio.SocketIoServer;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the chat to clients when the application has started. When the application stops, it drains the chat together
 * with the web server, in the phase before beans are destroyed. Thread-safe.
 */
public final class WebchatServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WebchatServer.class);
    /** The phase in which Spring Boot drains its web server. */
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024;

    private final SocketIoServer.Builder builder;
    private final Duration grace;
    private volatile @Nullable SocketIoServer running;

    WebchatServer(SocketIoServer.Builder builder, Duration grace) {
        this.builder = builder;
        this.grace = grace;
    }

    /** Returns the port that clients connect to; empty while the server does not run. */
    public OptionalInt port() {
        SocketIoServer server = running;
        return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
    }

    @Override
    public void start() {
        SocketIoServer server = builder.start();
        running = server;
        log.info("webchat listens on port {}", server.port());
    }

    /** Drains on a thread of its own, so that the web server can drain at the same time. */
    @Override
    public void stop(Runnable callback) {
        Thread draining = new Thread(
                () -> {
                    try {
                        stop();
                    } finally {
                        callback.run();
                    }
                },
                "webchat-shutdown");
        draining.start();
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
