package io.webchat.examples.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** The websocket frames of RFC 6455 that a chat needs: whole ones, up to 64 KiB. */
final class Frames {
    static final int INCOMPLETE = -1;
    static final int TEXT = 1;
    static final int CLOSE = 8;

    private static final int WHOLE = 0x80;
    private static final int MASKED = 0x80;
    private static final int OPCODE = 0x0F;
    private static final int SHORT_MAX = 125;
    private static final int TWO_BYTES = 126;
    private static final int HEAD_MAX = 8;

    private Frames() {}

    /** The end of the HTTP head in the buffer; negative if the head is incomplete. */
    static int endOfHead(ByteBuf in) {
        for (int i = in.readerIndex() + 3; i < in.writerIndex(); i++) {
            if (in.getByte(i) == '\n' && in.getByte(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * Reads one frame of a server into the text. Returns its opcode, or {@link #INCOMPLETE} if bytes are missing.
     *
     * @throws IllegalStateException for a frame that is no whole one, or longer than 64 KiB
     */
    static int next(ByteBuf in, Text into) {
        int at = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return INCOMPLETE;
        }
        int first = in.getUnsignedByte(at);
        int length = in.getUnsignedByte(at + 1);
        int head = 2;
        if (length == TWO_BYTES) {
            if (available < 4) {
                return INCOMPLETE;
            }
            length = in.getUnsignedShort(at + 2);
            head = 4;
        }
        if ((first & WHOLE) == 0 || length > 0xFFFF) {
            throw new IllegalStateException("a frame that no chat server sends");
        }
        if (available < head + length) {
            return INCOMPLETE;
        }
        in.skipBytes(head);
        into.read(in, length);
        return first & OPCODE;
    }

    /** A client's text frame. Its mask is zero, which every server takes, and which saves the masking. */
    static ByteBuf masked(ByteBufAllocator alloc, byte[]... parts) {
        int length = 0;
        for (byte[] each : parts) {
            length += each.length;
        }
        ByteBuf out = alloc.buffer(length + HEAD_MAX);
        out.writeByte(WHOLE | TEXT);
        if (length <= SHORT_MAX) {
            out.writeByte(MASKED | length);
        } else {
            out.writeByte(MASKED | TWO_BYTES);
            ByteBufUtil.writeShortBE(out, length);
        }
        out.writeInt(0);
        for (byte[] each : parts) {
            out.writeBytes(each);
        }
        return out;
    }
}
