package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: its channels, its time-outs and its end. Its {@link EngineIoMessageHandler} takes the
 * messages.
 *
 * <p>The monitor of the session serialises the calls to the handler, on whichever event loop they start. Methods that
 * the layer above may call from any thread do not take the monitor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // timers are cancelled by reference; nobody waits for heartbeats
public final class EngineIoSession implements OutboundQueue.Listener {
    /** The session of a channel: permanently on a websocket, and on a polling channel while a request waits. */
    static final AttributeKey<EngineIoSession> ATTRIBUTE = AttributeKey.valueOf("webchat.session");

    private static final String STORE_KEY = "session";

    private final ClientHead head;
    private final EngineIoContext context;
    private final EventExecutor executor;
    private final OutboundQueue outbound;
    private final EngineIoMessageHandler handler;
    private final AtomicBoolean posting = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> connectTimeout;
    private volatile @Nullable ScheduledFuture<?> stallTimeout;
    private volatile boolean upgrading;
    private volatile boolean lost;
    private volatile boolean ended;

    EngineIoSession(ClientHead head, EngineIoContext context, EventExecutor executor, Handshake handshake) {
        this.head = head;
        this.context = context;
        this.executor = executor;
        this.outbound = new OutboundQueue(head, context.limits(), this);
        this.handler = context.handlers().create(this, handshake);
        head.getStore().set(STORE_KEY, this);
    }

    static @Nullable EngineIoSession of(ClientHead head) {
        return head.getStore().get(STORE_KEY);
    }

    ClientHead head() {
        return head;
    }

    OutboundQueue outbound() {
        return outbound;
    }

    /** Returns the version of the protocol that the client speaks. */
    public ProtocolVersion version() {
        return ProtocolVersion.of(head);
    }

    /** Queues an Engine.IO packet for the client. May be called from any thread. */
    public void send(byte[] packet) {
        outbound.send(packet);
    }

    /** Tells whether few enough bytes wait for the client. */
    public boolean isWritable() {
        return outbound.isWritable();
    }

    boolean ended() {
        return ended;
    }

    /** The first channel is bound. The client may now send packets, and must authenticate in time. */
    synchronized void opened() {
        awaitConnect();
        handler.onOpen();
    }

    /** Gives the client the connect time-out, from now on, to authenticate. */
    public synchronized void awaitConnect() {
        cancel(connectTimeout);
        connectTimeout = after(context.timeouts().connect().toMillis(), () -> end(DisconnectReason.CONNECT_TIMEOUT));
    }

    /** Stops the connect time-out. May be called from any thread. */
    public void authenticated() {
        inOrder(() -> cancel(connectTimeout));
    }

    /** Handles a text message of the client. */
    synchronized void message(byte[] text) throws ProtocolViolation {
        if (!ended) {
            handler.onMessage(text);
        }
    }

    /** Handles binary content. Its header was refused before. */
    synchronized void binary() throws ProtocolViolation {
        if (!ended) {
            handler.onBinary();
        }
    }

    synchronized void heartbeat() {
        if (!ended) {
            handler.onHeartbeat();
        }
    }

    /** Reserves the session for one POST. A second one at the same time would make the order of packets random. */
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
            outbound.bindWebSocket(channel);
            if (!upgraded()) {
                after(context.timeouts().upgrade().toMillis(), () -> giveUpUpgrade(channel));
            }
        } else {
            outbound.bindPoll(channel);
            releasePollSoon();
        }
    }

    /**
     * The polling request on this channel gets its response now. Then the channel may serve requests of other clients.
     */
    void pollAnswered(Channel channel) {
        outbound.bindPoll(null);
        channel.attr(ATTRIBUTE).set(null);
        head.releasePollingChannel(channel);
    }

    boolean upgrading() {
        return upgrading;
    }

    /** The client probes a websocket. It waits for the end of its polling request before it upgrades. */
    void startUpgrade() {
        upgrading = true;
        releasePollSoon();
    }

    void finishUpgrade() {
        upgrading = false;
        if (outbound.poll() != null) {
            head.send(new Packet(PacketType.NOOP, head.getEngineIOVersion()), Transport.POLLING);
        }
        outbound.flush();
    }

    /** The new websocket of an upgrade is closed. The session continues by polling. */
    void abandonUpgrade(Channel channel) {
        upgrading = false;
        context.sessions().remove(channel);
        outbound.bindWebSocket(null);
    }

    /** Runs a task under the monitor: at once if the caller holds it, else soon on the session's event loop. */
    public void inOrder(Runnable task) {
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
            ChannelWrites.close(channel);
        }
    }

    private void releasePollSoon() {
        if (upgrading) {
            after(100, () -> {
                if (upgrading && outbound.poll() != null) {
                    head.send(new Packet(PacketType.NOOP, head.getEngineIOVersion()), Transport.POLLING);
                }
            });
        }
    }

    @Override
    public void onStalled() {
        stallTimeout = after(context.timeouts().stall().toMillis(), () -> {
            if (!outbound.isWritable()) {
                end(DisconnectReason.SLOW);
            }
        });
    }

    @Override
    public void onWritable() {
        cancel(stallTimeout);
        // Runs later, because the layer above may be in the middle of emitting.
        run(() -> underMonitor(handler::onWritable));
    }

    @Override
    public void onOverflow() {
        endSoon(DisconnectReason.SLOW);
    }

    /** The library received no heartbeat in time and closes the socket. */
    void lost() {
        lost = true;
    }

    /** The library lost the client. It calls on the timer's thread after a ping time-out, else on the event loop. */
    void disconnected() {
        Channel socket = outbound.webSocket();
        boolean socketEnded = !lost && socket != null && socket.eventLoop().inEventLoop();
        endSoon(socketEnded ? DisconnectReason.TRANSPORT : DisconnectReason.PING_TIMEOUT);
    }

    /** Ends the session soon, on its event loop. The caller may hold any lock. */
    void endSoon(DisconnectReason reason) {
        run(() -> end(reason));
    }

    /** Ends the session once the client has taken the queued packets, or after the closing time. */
    public void endWhenSent() {
        if (upgraded() || outbound.poll() != null || outbound.isEmpty()) {
            // The packets sent before leave before the end.
            endSoon(DisconnectReason.SERVER);
        } else {
            endAfterGrace(DisconnectReason.SERVER);
        }
    }

    /** Ends the session after the closing time, which lets the client go first. */
    public void endAfterGrace(DisconnectReason reason) {
        after(context.timeouts().closeGrace().toMillis(), () -> end(reason));
    }

    /** Ends the session. Only the first call has an effect. The layer above must not call this method. */
    void end(DisconnectReason reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            cancel(connectTimeout);
            cancel(stallTimeout);
            handler.onEnd(reason);
        }
        context.sessions().removeClient(head.getSessionId());
        new SessionCloser(this, reason, context.timeouts().closeGrace()).run();
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
