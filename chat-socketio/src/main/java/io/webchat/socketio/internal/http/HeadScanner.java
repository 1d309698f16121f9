package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks for folded lines (RFC 9112, section 5.2) in the head of a request before it is decoded. Netty joins them, and
 * copies all lines before for each of them.
 *
 * <p>It looks at each byte once, however many reads a head takes.
 */
final class HeadScanner {
    private enum State {
        /** Before the request. The decoder skips blanks and line ends there. */
        BEFORE,
        IN_LINE,
        LINE_START,
        /** Behind a CR at the start of a line. */
        EMPTY_LINE,
        FOLDED_LINE,
        END
    }

    private State state = State.BEFORE;
    /** How many of the readable bytes were looked at. */
    private int scanned;

    /** Tells whether the head at hand, as far as it has arrived, has a folded line. */
    boolean hasFoldedLine(ByteBuf in) {
        int at = in.readerIndex() + scanned;
        while (at < in.writerIndex() && state != State.END && state != State.FOLDED_LINE) {
            state = after(in.getByte(at));
            at++;
        }
        scanned = at - in.readerIndex();
        return state == State.FOLDED_LINE;
    }

    private State after(byte b) {
        return switch (state) {
            case BEFORE -> b >= 0 && b <= ' ' ? State.BEFORE : State.IN_LINE;
            case IN_LINE -> b == '\n' ? State.LINE_START : State.IN_LINE;
            case LINE_START ->
                switch (b) {
                    case ' ', '\t' -> State.FOLDED_LINE;
                    case '\r' -> State.EMPTY_LINE;
                    case '\n' -> State.END;
                    default -> State.IN_LINE;
                };
            case EMPTY_LINE -> b == '\n' ? State.END : State.IN_LINE;
            case FOLDED_LINE, END -> state;
        };
    }

    /** The decoder has taken this many bytes of the input. */
    void taken(int bytes) {
        scanned = Math.max(0, scanned - bytes);
    }

    /** The next head begins at the next byte of the input. */
    void reset() {
        state = State.BEFORE;
        scanned = 0;
    }
}
