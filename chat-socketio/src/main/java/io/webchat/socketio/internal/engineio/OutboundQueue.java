package io.webchat.socketio.internal.engineio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import io.netty.channel.Channel;
import io.webchat.socketio.internal.engineio.packet.EncodedPacket;
import io.webchat.socketio.internal.http.ChannelWrites;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, in order, and the channels it may leave by.
 *
 * <p>Packets lie in the library's queue of the client's current transport. {@link #flush} makes the channel's own loop
 * empty it; it is called after every change of queue, channel or transport, so that whichever comes last moves the
 * packets on. (The library alone leaves a packet that races an upgrade until the next heartbeat.)
 */
final class OutboundQueue {
    /** What the outbox tells its session; called on any thread. */
    interface Listener {
        void onStalled();

        void onWritable();

        void onOverflow();
    }

    private final ClientHead head;
    private final TransportLimits limits;
    private final Listener listener;
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean stalled = new AtomicBoolean();
    private volatile @Nullable Channel poll;
    private volatile @Nullable Channel webSocket;

    OutboundQueue(ClientHead head, TransportLimits limits, Listener listener) {
        this.head = head;
        this.limits = limits;
        this.listener = listener;
    }

    /** Queues a packet; from any thread, in the order of the calls. */
    void send(byte[] text) {
        EncodedPacket packet = new EncodedPacket(text, head.getEngineIOVersion());
        long waiting = pending.addAndGet(packet.cost());
        if (waiting > limits.pendingMax()) {
            listener.onOverflow();
            return;
        }
        head.getPacketsQueue(head.getCurrentTransport()).add(packet);
        if (waiting > limits.pendingHigh() && stalled.compareAndSet(false, true)) {
            listener.onStalled();
            // The bytes may have left before they were seen as too many.
            written(0);
        }
        flush();
    }

    /** Lets the current channel, if there is one, take what waits. */
    void flush() {
        Transport transport = head.getCurrentTransport();
        Channel channel = transport == Transport.WEBSOCKET ? webSocket : poll;
        if (channel != null) {
            ChannelWrites.send(channel, new OutPacketMessage(head, transport));
        }
    }

    /** Bytes reached the socket, or went down with it. */
    void written(long cost) {
        if (pending.addAndGet(-cost) <= limits.pendingLow() && stalled.compareAndSet(true, false)) {
            listener.onWritable();
        }
    }

    boolean isEmpty() {
        return head.getPacketsQueue(head.getCurrentTransport()).isEmpty();
    }

    boolean isWritable() {
        return !stalled.get();
    }

    @Nullable
    Channel poll() {
        return poll;
    }

    @Nullable
    Channel webSocket() {
        return webSocket;
    }

    void bindPoll(@Nullable Channel channel) {
        poll = channel;
    }

    void bindWebSocket(@Nullable Channel channel) {
        webSocket = channel;
    }
}
