package io.webchat.socketio.transport;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: its channels, its time-outs and its end. The Socket.IO conversation on it is the
 * {@link SocketDialog}'s.
 *
 * <p>Its monitor makes the calls to the layer above come one at a time, whichever channel's loop they start on. Nothing
 * that the layer above may call takes the monitor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // timers and heartbeats: cancelled by reference, or fire and forget
final class Session implements Outbox.Listener {
    /** The session that a channel serves: for good on a websocket, while a request waits on a polling channel. */
    static final AttributeKey<Session> ATTRIBUTE = AttributeKey.valueOf("webchat.session");

    private static final String STORE_KEY = "session";

    private final ClientHead head;
    private final TransportContext context;
    private final EventExecutor executor;
    private final Outbox outbox;
    private final SocketDialog dialog;
    private final AtomicBoolean posting = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> connectTimeout;
    private volatile @Nullable ScheduledFuture<?> stallTimeout;
    private volatile boolean upgrading;
    private volatile boolean lost;
    private volatile boolean ended;

    Session(ClientHead head, TransportContext context, EventExecutor executor, Handshake handshake) {
        this.head = head;
        this.context = context;
        this.executor = executor;
        this.outbox = new Outbox(head, context.limits(), this);
        this.dialog = new SocketDialog(this, context.handlers(), handshake);
        head.getStore().set(STORE_KEY, this);
    }

    static @Nullable Session of(ClientHead head) {
        return head.getStore().get(STORE_KEY);
    }

    ClientHead head() {
        return head;
    }

    Outbox outbox() {
        return outbox;
    }

    EngineVersion version() {
        return EngineVersion.of(head);
    }

    boolean ended() {
        return ended;
    }

    /** The first channel is bound: the client may speak, and has so long to authenticate. */
    synchronized void opened() {
        awaitConnect();
        dialog.opened();
    }

    synchronized void awaitConnect() {
        cancel(connectTimeout);
        connectTimeout = after(context.timings().connect().toMillis(), () -> end(CloseReason.CONNECT_TIMEOUT));
    }

    /** From any thread; the time-out needs the monitor, so it is stopped from the session's own loop. */
    void authenticated() {
        inOrder(() -> cancel(connectTimeout));
    }

    /** Takes a Socket.IO packet: an Engine.IO message. */
    synchronized void message(byte[] text) throws ProtocolViolation {
        if (!ended) {
            dialog.packet(text);
        }
    }

    /** Takes note of binary content, whose header was refused already. */
    synchronized void binary() throws ProtocolViolation {
        if (!ended) {
            dialog.binaryContent();
        }
    }

    synchronized void heartbeat() {
        if (!ended) {
            dialog.heartbeat();
        }
    }

    /** Claims the session for one POST; a second at the same time would make the order of packets a matter of luck. */
    boolean startPost() {
        return posting.compareAndSet(false, true);
    }

    void endPost() {
        posting.set(false);
    }

    boolean upgraded() {
        return head.getCurrentTransport() == Transport.WEBSOCKET;
    }

    void bind(Channel channel, boolean webSocket) {
        channel.attr(ATTRIBUTE).set(this);
        if (webSocket) {
            outbox.bindWebSocket(channel);
            if (!upgraded()) {
                after(context.timings().upgrade().toMillis(), () -> giveUpUpgrade(channel));
            }
        } else {
            outbox.bindPoll(channel);
            releasePollSoon();
        }
    }

    /** The polling request on this channel gets its response now; the channel is free for other clients' requests. */
    void pollAnswered(Channel channel) {
        outbox.bindPoll(null);
        channel.attr(ATTRIBUTE).set(null);
        head.releasePollingChannel(channel);
    }

    boolean upgrading() {
        return upgrading;
    }

    /** The client probes a websocket: it waits for its polling request to end before it goes over. */
    void startUpgrade() {
        upgrading = true;
        releasePollSoon();
    }

    void finishUpgrade() {
        upgrading = false;
        if (outbox.poll() != null) {
            head.send(new Packet(PacketType.NOOP, head.getEngineIOVersion()), Transport.POLLING);
        }
        outbox.nudge();
    }

    /** The websocket that was to take over is gone, the session goes on by polling. */
    void abandonUpgrade(Channel channel) {
        upgrading = false;
        context.cancelUpgradeTimeout(head);
        context.sessions().remove(channel);
        outbox.bindWebSocket(null);
    }

    /** Runs a task under the monitor: at once where the caller has it, else soon on the session's loop. */
    void inOrder(Runnable task) {
        if (Thread.holdsLock(this)) {
            task.run();
            return;
        }
        run(() -> underMonitor(task));
    }

    private synchronized void underMonitor(Runnable task) {
        if (!ended) {
            task.run();
        }
    }

    private void giveUpUpgrade(Channel channel) {
        if (!upgraded()) {
            Channels.close(channel);
        }
    }

    private void releasePollSoon() {
        if (upgrading) {
            after(100, () -> {
                if (upgrading && outbox.poll() != null) {
                    head.send(new Packet(PacketType.NOOP, head.getEngineIOVersion()), Transport.POLLING);
                }
            });
        }
    }

    @Override
    public void onStalled() {
        stallTimeout = after(context.timings().stall().toMillis(), () -> {
            if (!outbox.isWritable()) {
                end(CloseReason.SLOW);
            }
        });
    }

    @Override
    public void onWritable() {
        cancel(stallTimeout);
        // Never at once: the layer above may be in the middle of emitting.
        run(() -> underMonitor(dialog::writable));
    }

    @Override
    public void onOverflow() {
        endSoon(CloseReason.SLOW);
    }

    /** The library's timer found no sign of life, and closes the socket. */
    void lost() {
        lost = true;
    }

    /** The library lost the client: on the timer's thread after a ping time-out, else on its socket's loop. */
    void disconnected() {
        Channel socket = outbox.webSocket();
        boolean socketEnded = !lost && socket != null && socket.eventLoop().inEventLoop();
        endSoon(socketEnded ? CloseReason.TRANSPORT : CloseReason.PING_TIMEOUT);
    }

    /** Ends the session from a thread that may hold whatever lock. */
    void endSoon(CloseReason reason) {
        run(() -> end(reason));
    }

    /** Ends the session once the client took what waits for it, or had the time to. */
    void endWhenSent() {
        if (upgraded() || outbox.poll() != null || outbox.isEmpty()) {
            // On these ways the end comes after what was sent before.
            endSoon(CloseReason.SERVER);
        } else {
            endAfterGrace(CloseReason.SERVER);
        }
    }

    void endAfterGrace(CloseReason reason) {
        after(context.timings().closeGrace().toMillis(), () -> end(reason));
    }

    /** Ends the session for whatever reason; only the first call counts. Not to be called by the layer above. */
    void end(CloseReason reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            cancel(connectTimeout);
            cancel(stallTimeout);
            dialog.ended(reason);
        }
        context.cancelUpgradeTimeout(head);
        context.sessions().removeClient(head.getSessionId());
        new SessionClosing(this, reason, context.timings().closeGrace()).run();
        head.onChannelDisconnect();
    }

    private static void cancel(@Nullable ScheduledFuture<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    private void run(Runnable task) {
        if (!executor.isShuttingDown()) {
            executor.execute(task);
        }
    }

    private @Nullable ScheduledFuture<?> after(long millis, Runnable task) {
        return executor.isShuttingDown() ? null : executor.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
