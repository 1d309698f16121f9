package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBufHolder;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The pipelined requests of a connection that wait for their turn, bounded in number and in bytes. */
final class WaitingInput {
    private static final int MAX_REQUESTS = 8;
    // The memory of a part besides its content: chunks of one byte must not take more memory than they seem to.
    private static final int OVERHEAD = 64;

    private final int maxBytes;
    private final Deque<HttpObject> parts = new ArrayDeque<>();
    private int requests;
    private long bytes;

    WaitingInput(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds a part; returns false, and releases the part, if it is one too many. */
    boolean add(HttpObject part) {
        int count = requests + (part instanceof HttpRequest ? 1 : 0);
        long sum = bytes + cost(part);
        if (count > MAX_REQUESTS || sum > maxBytes) {
            ReferenceCountUtil.release(part);
            return false;
        }
        requests = count;
        bytes = sum;
        parts.add(part);
        return true;
    }

    /** Returns the next part; null if there is none. */
    @Nullable
    HttpObject poll() {
        HttpObject part = parts.poll();
        if (part != null) {
            requests -= part instanceof HttpRequest ? 1 : 0;
            bytes -= cost(part);
        }
        return part;
    }

    private static int cost(HttpObject part) {
        int content = part instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
        return content == 0 ? 0 : content + OVERHEAD;
    }

    void clear() {
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }
}
