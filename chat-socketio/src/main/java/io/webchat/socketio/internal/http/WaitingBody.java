package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * The bytes of a body that have arrived and that nobody has taken yet. They are copied at once, because a part of one
 * byte would hold an object and the whole buffer of its read.
 */
final class WaitingBody {
    /** With more bytes than this, the connection is not read: about one read of the largest size. */
    private static final int ENOUGH = 64 * 1024;
    /** The largest piece that is taken at once. */
    private static final int PIECE = 64 * 1024;

    /** Outside of the pools, so it need not be released. */
    private final ByteBuf bytes = Unpooled.buffer(0);

    /** Adds the bytes of a part, and releases it. */
    void add(ByteBuf part) {
        try {
            bytes.writeBytes(part);
        } finally {
            part.release();
        }
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    boolean hasEnough() {
        return bytes.readableBytes() >= ENOUGH;
    }

    /** Takes a copy of the next bytes: a sink that was given up may still read them when more bytes arrive. */
    ByteBuffer take() {
        ByteBuffer piece = ByteBuffer.allocate(Math.min(bytes.readableBytes(), PIECE));
        bytes.readBytes(piece);
        if (bytes.isReadable()) {
            bytes.discardReadBytes();
        } else {
            clear();
        }
        return piece.flip();
    }

    void clear() {
        bytes.clear().capacity(0);
    }
}
