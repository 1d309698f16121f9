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
 * The packets that wait for one client, in order, and the channels that can send them.
 *
 * <p>The packets are in the library's queue of the client's current transport. {@link #flush} makes the event loop of
 * the channel empty that queue. It is called after every change of queue, channel or transport, so that the last change
 * sends the packets. (The library alone would leave a packet that races with an upgrade until the next heartbeat.)
 */
final class OutboundQueue {
    /** Receives the changes of the queue, on any thread. */
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

    /** Queues a packet. May be called from any thread; the packets leave in the order of the calls. */
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
            // The bytes may have left between the two checks.
            written(0);
        }
        flush();
    }

    /** Makes the current channel, if there is one, send the waiting packets. */
    void flush() {
        Transport transport = head.getCurrentTransport();
        Channel channel = transport == Transport.WEBSOCKET ? webSocket : poll;
        if (channel != null) {
            ChannelWrites.send(channel, new OutPacketMessage(head, transport));
        }
    }

    /** Counts bytes that reached the socket, or were lost with it. */
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
