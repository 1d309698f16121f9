package io.webchat.socketio.internal.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.webchat.socketio.internal.engineio.packet.PollingPayloadWriter;
import io.webchat.socketio.internal.engineio.packet.ProtocolVersion;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait for one client, in order, and the transport that sends them: a websocket, or the polling
 * request that waits.
 *
 * <p>All writing is done by tasks on the event loop of the transport's channel. So no caller writes while it holds a
 * lock: a write may begin the next request of the same connection, which may belong to another session.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes go to the promises
final class OutboundQueue {
    /** Receives the changes of the queue, on any thread. */
    interface Listener {
        void onStalled();

        void onWritable();

        void onOverflow();
    }

    private static final byte[] NOOP = {'6'};
    // The memory of a queued packet besides its text: the node of the queue and the objects around the bytes.
    private static final int OVERHEAD = 128;

    private final ProtocolVersion version;
    private final TransportLimits limits;
    private final Listener listener;
    private final Queue<byte[]> packets = new ConcurrentLinkedQueue<>();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicBoolean stalled = new AtomicBoolean();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile @Nullable WaitingPoll poll;
    private volatile @Nullable Channel webSocket;

    OutboundQueue(ProtocolVersion version, TransportLimits limits, Listener listener) {
        this.version = version;
        this.limits = limits;
        this.listener = listener;
    }

    /** Queues a packet. May be called from any thread; the packets leave in the order of the calls. */
    void send(byte[] packet) {
        long waiting = pending.addAndGet(cost(packet));
        if (waiting > limits.pendingMax()) {
            listener.onOverflow();
            return;
        }
        packets.add(packet);
        if (waiting > limits.pendingHigh() && stalled.compareAndSet(false, true)) {
            listener.onStalled();
            // The bytes may have left between the two checks.
            written(0);
        }
        flush();
    }

    private static int cost(byte[] packet) {
        return packet.length + OVERHEAD;
    }

    /** Counts bytes that reached the socket, or were lost with it. */
    private void written(long cost) {
        if (pending.addAndGet(-cost) <= limits.pendingLow() && stalled.compareAndSet(true, false)) {
            listener.onWritable();
        }
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    boolean isWritable() {
        return !stalled.get();
    }

    @Nullable
    WaitingPoll poll() {
        return poll;
    }

    /** Lets this request wait, and answers it as soon as there is a packet. */
    void bind(WaitingPoll request) {
        request.start();
        poll = request;
        if (!packets.isEmpty()) {
            flush();
        }
    }

    /** Makes this websocket the transport. */
    void bind(Channel channel) {
        webSocket = channel;
        flush();
    }

    /** Makes the transport, if there is one, send the waiting packets soon. */
    private void flush() {
        Channel channel = channel();
        if (channel != null && flushing.compareAndSet(false, true)) {
            ChannelTasks.run(channel, this::drain);
        }
    }

    private @Nullable Channel channel() {
        Channel socket = webSocket;
        WaitingPoll request = poll;
        return socket != null ? socket : request != null ? request.channel() : null;
    }

    private void drain() {
        // First, so that a packet that comes from now on asks for another flush.
        flushing.set(false);
        Channel socket = webSocket;
        WaitingPoll request = poll;
        Channel channel = socket != null ? socket : request != null ? request.channel() : null;
        if (channel != null && !channel.eventLoop().inEventLoop()) {
            // The transport changed meanwhile.
            flush();
        } else if (socket != null) {
            write(socket);
        } else if (request != null && !packets.isEmpty() && request.channel().isActive()) {
            answer(request, null);
        }
    }

    private void write(Channel channel) {
        for (byte[] packet = packets.poll(); packet != null; packet = packets.poll()) {
            int cost = cost(packet);
            ChannelPromise written = channel.newPromise();
            written.addListener(done -> written(cost));
            channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(packet)), written);
        }
        channel.flush();
    }

    /** Answers a request with the waiting packets and this last one, or with a NOOP if there are none. */
    private void answer(WaitingPoll request, byte @Nullable [] last) {
        poll = null;
        ByteBuf payload = request.channel().alloc().buffer();
        PollingPayloadWriter writer = new PollingPayloadWriter(payload, version);
        long cost = 0;
        // After an upgrade the packets belong to the websocket.
        while (webSocket == null && !writer.isFull()) {
            byte[] packet = packets.poll();
            if (packet == null) {
                break;
            }
            writer.append(packet);
            cost += cost(packet);
        }
        if (last != null || !payload.isReadable()) {
            writer.append(last == null ? NOOP : last);
        }
        long sent = cost;
        request.answer(payload, () -> written(sent));
    }

    /** Ends the waiting request, if there is one, with the waiting packets or a NOOP. */
    void releasePoll() {
        endPoll(null);
    }

    /** Ends the waiting request, if there is one, with the waiting packets and this last one. */
    void closePoll(byte[] last) {
        endPoll(last);
    }

    private void endPoll(byte @Nullable [] last) {
        WaitingPoll request = poll;
        if (request != null) {
            ChannelTasks.run(request.channel(), () -> {
                if (poll == request) {
                    answer(request, last);
                }
            });
        }
    }
}
