package io.webchat.socketio.internal.engineio;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import io.webchat.socketio.internal.engineio.packet.EngineIoPacket;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: its state, its transports, its time-outs and its end. Its {@link EngineIoMessageHandler} takes
 * the messages.
 *
 * <p>The monitor of the session guards the state and serialises the calls to the handler, on whichever event loop they
 * start. Nothing is written to a channel under the monitor; {@link OutboundQueue} does that in tasks. Methods that the
 * layer above may call from any thread do not take the monitor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // timers need no handle if they check the state themselves
public final class EngineIoSession implements OutboundQueue.Listener {
    private static final byte[] CLOSE = {'1'};
    private static final byte[] PONG = {'3'};
    private static final byte[] NOOP = {'6'};
    private static final Duration POLL_WHILE_UPGRADING = Duration.ofMillis(100);

    private final UUID id = UUID.randomUUID();
    private final ProtocolVersion version;
    private final EngineIoContext context;
    private final EventExecutor loop;
    private final OutboundQueue outbound;
    private final SessionTimers timers;
    private final EngineIoMessageHandler handler;
    private volatile SessionState state = SessionState.POLLING;
    private volatile boolean signedIn;
    private @Nullable Channel webSocket;
    private boolean posting;

    EngineIoSession(EngineIoContext context, EventExecutor loop, Handshake handshake) {
        this.version = handshake.version();
        this.context = context;
        this.loop = loop;
        this.outbound = new OutboundQueue(version, context.limits(), this);
        this.timers = new SessionTimers(this, loop, context.timeouts());
        this.handler = context.handlers().create(this, handshake);
    }

    UUID id() {
        return id;
    }

    OutboundQueue outbound() {
        return outbound;
    }

    /** Returns the version of the protocol that the client speaks. */
    public ProtocolVersion version() {
        return version;
    }

    /** Queues an Engine.IO packet for the client. May be called from any thread. */
    public void send(byte[] packet) {
        outbound.send(packet);
    }

    /** Tells whether few enough bytes wait for the client. */
    public boolean isWritable() {
        return outbound.isWritable();
    }

    /** Tells whether a polling request waits for packets. */
    public boolean isPolled() {
        return outbound.poll() != null;
    }

    boolean upgraded() {
        return state == SessionState.WEBSOCKET;
    }

    /** Tells whether the client has authenticated. Before that, it may send only little. */
    boolean signedIn() {
        return signedIn;
    }

    /** Begins the session over polling. */
    synchronized void open() {
        if (state == SessionState.ENDED) {
            // The server shuts down.
            return;
        }
        timers.start();
        timers.awaitConnect();
        handler.onOpen();
    }

    /** Begins the session on a websocket, with this handshake packet. */
    synchronized void open(Channel channel, byte[] packet) {
        if (state == SessionState.ENDED) {
            return;
        }
        state = SessionState.WEBSOCKET;
        webSocket = channel;
        outbound.bind(channel);
        outbound.send(packet);
        open();
    }

    /** Gives the client the connect time-out, from now on, to authenticate. */
    public synchronized void awaitConnect() {
        signedIn = false;
        timers.awaitConnect();
    }

    /** Marks the client as authenticated and stops the connect time-out. May be called from any thread. */
    public void authenticated() {
        // At once: the client may send much as soon as it knows that it is connected.
        signedIn = true;
        inOrder(timers::connected);
    }

    /** Lets a polling request wait for packets; returns the error to answer instead, or null. */
    synchronized @Nullable EngineIoError poll(ChannelHandlerContext ctx) {
        if (!state.polls()) {
            return refusal();
        }
        if (outbound.poll() != null) {
            end(DisconnectReason.VIOLATION, "two polling requests at once");
            return EngineIoError.BAD_REQUEST;
        }
        outbound.bind(new WaitingPoll(this, ctx));
        releasePollSoon();
        return null;
    }

    private EngineIoError refusal() {
        return state == SessionState.ENDED ? EngineIoError.SESSION_UNKNOWN : EngineIoError.BAD_REQUEST;
    }

    /** The client aborted its waiting polling request. */
    synchronized void pollLost(WaitingPoll poll) {
        if (outbound.poll() == poll) {
            end(DisconnectReason.TRANSPORT);
        }
    }

    /**
     * Reserves the session for one POST; returns the error to answer instead, or null. A second POST at the same time
     * would make the order of packets random.
     */
    synchronized @Nullable EngineIoError startPost() {
        if (!state.polls()) {
            return refusal();
        }
        if (posting) {
            end(DisconnectReason.VIOLATION, "two POST requests at once");
            return EngineIoError.BAD_REQUEST;
        }
        posting = true;
        return null;
    }

    synchronized void endPost() {
        posting = false;
    }

    /**
     * Handles a packet of the client. Messages and heartbeats go to the handler, and a close packet ends the session.
     * Has no effect after the end.
     */
    synchronized void receive(EngineIoPacket packet) throws ProtocolViolation {
        if (state == SessionState.ENDED) {
            return;
        }
        timers.alive();
        if (packet.binary()) {
            handler.onBinary();
        } else if (packet.type() == '4') {
            handler.onMessage(packet.data());
        } else if (packet.is("1")) {
            end(DisconnectReason.CLIENT);
        } else if (version == ProtocolVersion.V4 && packet.is("3")) {
            timers.ponged();
            handler.onHeartbeat();
        } else if (version == ProtocolVersion.V3 && packet.is("2")) {
            outbound.send(PONG);
            handler.onHeartbeat();
        } else {
            throw new ProtocolViolation("unexpected Engine.IO packet");
        }
    }

    /** Handles a packet from a websocket, which may not have taken over from polling yet. */
    synchronized void receive(Channel from, EngineIoPacket packet) throws ProtocolViolation {
        if (from != webSocket) {
            // This websocket was given up.
            return;
        }
        if (state == SessionState.ENDED) {
            endSwitch(from, packet);
        } else if (!state.upgrades()) {
            receive(packet);
        } else if (packet.is("2probe") && state == SessionState.OFFERED) {
            state = SessionState.PROBED;
            ChannelTasks.run(from, () -> ChannelWrites.send(from, new TextWebSocketFrame("3probe")));
            releasePollSoon();
        } else if (packet.is("5")) {
            state = SessionState.WEBSOCKET;
            outbound.bind(from);
            outbound.releasePoll();
        } else {
            throw new ProtocolViolation("only upgrade packets are allowed before the upgrade");
        }
    }

    /**
     * The client goes over to a websocket whose session ended meanwhile: it gets the last packets and the end there.
     */
    private void endSwitch(Channel channel, EngineIoPacket packet) {
        if (packet.is("5")) {
            outbound.bind(channel);
            closer(DisconnectReason.SERVER, "").close(channel);
        }
    }

    /** The client waits for the end of its polling request before it goes over to the websocket. */
    private void releasePollSoon() {
        if (state == SessionState.PROBED && outbound.poll() != null) {
            ChannelTasks.after(
                    loop,
                    POLL_WHILE_UPGRADING,
                    () -> underMonitor(() -> {
                        if (state == SessionState.PROBED) {
                            outbound.releasePoll();
                        }
                    }));
        }
    }

    /** Takes a new websocket that may take over from polling; returns false if the session cannot use it. */
    synchronized boolean offer(Channel channel) {
        if (state != SessionState.POLLING) {
            return false;
        }
        state = SessionState.OFFERED;
        webSocket = channel;
        ChannelTasks.after(loop, context.timeouts().upgrade(), () -> underMonitor(() -> giveUpUpgrade(channel)));
        return true;
    }

    private void giveUpUpgrade(Channel channel) {
        if (channel == webSocket && state.upgrades()) {
            ChannelTasks.run(channel, () -> ChannelWrites.close(channel));
        }
    }

    /** A websocket is closed. If it had not taken over, the session continues by polling. */
    synchronized void webSocketClosed(Channel channel) {
        if (channel != webSocket) {
            return;
        }
        if (state.upgrades()) {
            state = SessionState.POLLING;
            webSocket = null;
            // The client may wait for the end of its request before it notices.
            outbound.releasePoll();
        } else {
            end(DisconnectReason.TRANSPORT);
        }
    }

    /** The input of a websocket is not acceptable. If it had not taken over, only the websocket is closed. */
    synchronized void webSocketFailed(Channel channel, DisconnectReason reason, String detail) {
        if (channel == webSocket && !state.upgrades()) {
            end(reason, detail);
        } else {
            closer(reason, detail).close(channel);
        }
    }

    /** Runs a task under the monitor: at once if the caller holds it, else soon on the session's event loop. */
    public void inOrder(Runnable task) {
        if (Thread.holdsLock(this)) {
            underMonitor(task);
        } else {
            ChannelTasks.run(loop, () -> underMonitor(task));
        }
    }

    /** Runs a task under the monitor unless the session has ended. */
    synchronized void underMonitor(Runnable task) {
        if (state != SessionState.ENDED) {
            task.run();
        }
    }

    @Override
    public void onStalled() {
        timers.stalled();
    }

    @Override
    public void onWritable() {
        timers.unstalled();
        // Runs later, because the layer above may be in the middle of emitting.
        ChannelTasks.run(loop, () -> underMonitor(handler::onWritable));
    }

    @Override
    public void onOverflow() {
        endSoon(DisconnectReason.SLOW);
    }

    /** Ends the session soon, on its event loop. The caller may hold any lock. */
    void endSoon(DisconnectReason reason) {
        ChannelTasks.run(loop, () -> end(reason));
    }

    /** Ends the session once the client has taken the queued packets, or after the closing time. */
    public void endWhenSent() {
        if (upgraded() || isPolled() || outbound.isEmpty()) {
            // The packets sent before leave before the end.
            endSoon(DisconnectReason.SERVER);
        } else {
            endAfterGrace(DisconnectReason.SERVER);
        }
    }

    /** Ends the session after the closing time, which lets the client go first. */
    public void endAfterGrace(DisconnectReason reason) {
        ChannelTasks.after(loop, context.timeouts().closeGrace(), () -> end(reason));
    }

    /** Ends the session. Only the first call has an effect. The layer above must not call this method. */
    void end(DisconnectReason reason) {
        end(reason, reason.name().toLowerCase(Locale.ROOT));
    }

    /** Ends the session and tells a websocket client this reason, in a few words. */
    synchronized void end(DisconnectReason reason, String detail) {
        if (state == SessionState.ENDED) {
            return;
        }
        boolean switching = state == SessionState.PROBED;
        state = SessionState.ENDED;
        timers.stop();
        context.sessions().remove(this);
        outbound.closePoll(reason == DisconnectReason.CLIENT ? NOOP : CLOSE);
        Channel socket = webSocket;
        if (socket != null) {
            WebSocketCloser closer = closer(reason, detail);
            if (switching) {
                // The clients stop polling, and notice an end of the websocket only after they have switched to it.
                ChannelTasks.after(loop, context.timeouts().closeGrace(), () -> closer.close(socket));
            } else {
                closer.close(socket);
            }
        }
        handler.onEnd(reason);
    }

    private WebSocketCloser closer(DisconnectReason reason, String detail) {
        return new WebSocketCloser(reason, detail, context.timeouts().closeGrace());
    }

    /** Returns the packet that opens the session. */
    byte[] handshakePacket(boolean polling) {
        TransportTimeouts timeouts = context.timeouts();
        String maxPayload = version == ProtocolVersion.V4
                ? ",\"maxPayload\":" + context.limits().maxPayload()
                : "";
        String packet = "0{\"sid\":\"" + id + "\",\"upgrades\":[" + (polling ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + timeouts.pingInterval().toMillis() + ",\"pingTimeout\":"
                + timeouts.pingTimeout().toMillis() + maxPayload + "}";
        return packet.getBytes(StandardCharsets.UTF_8);
    }
}
