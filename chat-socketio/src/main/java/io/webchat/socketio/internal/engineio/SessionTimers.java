package io.webchat.socketio.internal.engineio;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time-outs of one session: for its authentication, for its heartbeats and for a client that takes no output.
 *
 * <p>The session's monitor guards the fields, except those of the stall time-out.
 */
final class SessionTimers {
    private static final byte[] PING = "2".getBytes(StandardCharsets.US_ASCII);

    private final EngineIoSession session;
    private final EventExecutor loop;
    private final TransportTimeouts timeouts;
    private @Nullable ScheduledFuture<?> connect;
    private @Nullable ScheduledFuture<?> heartbeat;
    private volatile @Nullable ScheduledFuture<?> stall;
    private long lastSign;

    SessionTimers(EngineIoSession session, EventExecutor loop, TransportTimeouts timeouts) {
        this.session = session;
        this.loop = loop;
        this.timeouts = timeouts;
    }

    /** Starts the heartbeats. In Engine.IO 4 the server sends the pings, in Engine.IO 3 the client. */
    void start() {
        lastSign = System.nanoTime();
        if (session.version() == ProtocolVersion.V4) {
            pingLater();
        } else {
            expectPing(patience());
        }
    }

    private void pingLater() {
        ChannelTasks.cancel(heartbeat);
        heartbeat = later(timeouts.pingInterval(), () -> {
            session.send(PING);
            expectPong(System.nanoTime());
        });
    }

    private void expectPong(long pinged) {
        heartbeat = later(timeouts.pingTimeout(), () -> {
            if (lastSign - pinged < 0) {
                session.end(DisconnectReason.PING_TIMEOUT);
            } else {
                // The client is alive, but its pong waits behind a long message.
                pingLater();
            }
        });
    }

    private void expectPing(Duration time) {
        heartbeat = later(time, () -> {
            Duration left = patience().minusNanos(System.nanoTime() - lastSign);
            if (left.isNegative() || left.isZero()) {
                session.end(DisconnectReason.PING_TIMEOUT);
            } else {
                expectPing(left);
            }
        });
    }

    private Duration patience() {
        return timeouts.pingInterval().plus(timeouts.pingTimeout());
    }

    /** The client sent a packet. */
    void alive() {
        lastSign = System.nanoTime();
    }

    /** The client answered a ping. */
    void ponged() {
        pingLater();
    }

    /** Gives the client the connect time-out, from now on, to authenticate. */
    void awaitConnect() {
        ChannelTasks.cancel(connect);
        connect = later(timeouts.connect(), () -> session.end(DisconnectReason.CONNECT_TIMEOUT));
    }

    /** The client has authenticated. */
    void connected() {
        ChannelTasks.cancel(connect);
    }

    /** The client takes no output. May be called from any thread. */
    void stalled() {
        stall = later(timeouts.stall(), () -> {
            if (!session.isWritable()) {
                session.end(DisconnectReason.SLOW);
            }
        });
    }

    /** The client takes output again. May be called from any thread. */
    void unstalled() {
        ChannelTasks.cancel(stall);
    }

    /** The session has ended. */
    void stop() {
        ChannelTasks.cancel(connect);
        ChannelTasks.cancel(heartbeat);
        ChannelTasks.cancel(stall);
    }

    private @Nullable ScheduledFuture<?> later(Duration delay, Runnable task) {
        return ChannelTasks.after(loop, delay, () -> session.underMonitor(task));
    }
}
