package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks for folded lines (RFC 9112, section 5.2) in the head of a request before it is decoded. Netty joins them, and
 * copies all lines before for each of them.
 *
 * <p>The decoder takes whole lines, so the input of each call begins with a line.
 */
final class HeadScanner {
    private boolean pastFirstLine;

    /** Tells whether the head at hand, as far as it has arrived, has a folded line. */
    boolean hasFoldedLine(ByteBuf in) {
        int at = pastFirstLine ? in.readerIndex() : startOfFirstLine(in);
        boolean lineStart = pastFirstLine;
        for (; at < in.writerIndex(); at++) {
            byte b = in.getByte(at);
            if (lineStart && (b == ' ' || b == '\t')) {
                return true;
            }
            if (lineStart && isEmptyLine(in, at)) {
                return false;
            }
            lineStart = b == '\n';
            pastFirstLine |= lineStart;
        }
        return false;
    }

    /** The decoder skips blanks and line ends before a request. */
    private static int startOfFirstLine(ByteBuf in) {
        int at = in.readerIndex();
        while (at < in.writerIndex() && in.getByte(at) >= 0 && in.getByte(at) <= ' ') {
            at++;
        }
        return at;
    }

    private static boolean isEmptyLine(ByteBuf in, int at) {
        int end = in.getByte(at) == '\r' ? at + 1 : at;
        return end < in.writerIndex() && in.getByte(end) == '\n';
    }

    /** The next head begins. */
    void reset() {
        pastFirstLine = false;
    }
}
