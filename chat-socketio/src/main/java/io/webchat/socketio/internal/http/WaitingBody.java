package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The bytes of a body that have arrived and that nobody has taken yet. */
final class WaitingBody {
    /** With more bytes than this, the connection is not read: about one read of the largest size. */
    private static final int ENOUGH = 64 * 1024;
    /** The largest piece that is taken at once. */
    private static final int PIECE = 64 * 1024;

    private final Deque<ByteBuf> parts = new ArrayDeque<>();
    private int bytes;

    /** Adds a part, which is released when it is taken. */
    void add(ByteBuf part) {
        if (part.isReadable()) {
            parts.add(part);
            bytes += part.readableBytes();
        } else {
            part.release();
        }
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    boolean hasEnough() {
        return bytes >= ENOUGH;
    }

    /** Takes a copy of the next bytes: a sink that was given up may still read them when the part is used again. */
    ByteBuffer take() {
        ByteBuffer piece = ByteBuffer.allocate(Math.min(bytes, PIECE));
        while (piece.hasRemaining()) {
            ByteBuf part = parts.element();
            int count = Math.min(piece.remaining(), part.readableBytes());
            piece.put(ByteBufUtil.getBytes(part, part.readerIndex(), count, false));
            part.skipBytes(count);
            if (!part.isReadable()) {
                parts.remove().release();
            }
        }
        bytes -= piece.capacity();
        return piece.flip();
    }

    void clear() {
        parts.forEach(ByteBuf::release);
        parts.clear();
        bytes = 0;
    }
}
