package io.webchat.socketio.internal.http;

import io.netty.buffer.ByteBuf;

/**
 * Looks for folded lines (RFC 9112, section 5.2) in the head and in the trailers of a request before they are decoded.
 * Netty joins them, and copies all lines before for each of them.
 *
 * <p>It looks at each byte of a head, and of the lines between chunks, once, however many reads they take. It skips the
 * bytes of a body.
 */
final class FoldedLineScanner {
    private enum State {
        /** Before the request. The decoder skips blanks and line ends there. */
        BEFORE,
        IN_LINE,
        LINE_START,
        /** Behind a CR at the start of a line. */
        EMPTY_LINE,
        FOLDED_LINE,
        /** Behind a head, or behind the trailers. */
        END,
        CHUNK_SIZE_START,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END
    }

    private State state = State.BEFORE;
    /** How many of the readable bytes were looked at. */
    private int scanned;
    /** The size of the chunk as far as its line was read, then the bytes of the chunk that are still to come. */
    private int chunk;

    /** Tells whether the head or the trailers at hand, as far as they have arrived, have a folded line. */
    boolean hasFoldedLine(ByteBuf in) {
        int at = in.readerIndex() + scanned;
        while (at < in.writerIndex() && state != State.END && state != State.FOLDED_LINE) {
            if (state == State.CHUNK) {
                at += skip(in.writerIndex() - at);
            } else {
                state = after(in.getByte(at));
                at++;
            }
        }
        scanned = at - in.readerIndex();
        return state == State.FOLDED_LINE;
    }

    private int skip(int available) {
        int skipped = Math.min(chunk, available);
        chunk -= skipped;
        state = chunk == 0 ? State.CHUNK_END : State.CHUNK;
        return skipped;
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
            case CHUNK_SIZE_START, CHUNK_SIZE -> afterSize(b);
            case CHUNK_EXTENSION -> b == '\n' ? behindSize() : State.CHUNK_EXTENSION;
            case CHUNK_END -> b == '\n' ? State.CHUNK_SIZE_START : State.CHUNK_END;
            case CHUNK, FOLDED_LINE, END -> state;
        };
    }

    /** Reads the size as the decoder does, also one that is too large for an int. */
    private State afterSize(byte b) {
        int digit = b < 0 ? -1 : Character.digit(b, 16);
        if (digit >= 0) {
            chunk = 16 * chunk + digit;
            return State.CHUNK_SIZE;
        }
        if (b == '\n') {
            return behindSize();
        }
        return state == State.CHUNK_SIZE ? State.CHUNK_EXTENSION : State.CHUNK_SIZE_START;
    }

    /** The trailers begin behind the chunk of size 0. */
    private State behindSize() {
        return chunk > 0 ? State.CHUNK : State.LINE_START;
    }

    /** The decoder has taken this many bytes of the input. */
    void taken(int bytes) {
        scanned = Math.max(0, scanned - bytes);
    }

    /** A body in chunks begins at the next byte of the input. */
    void beginChunks() {
        state = State.CHUNK_SIZE_START;
        scanned = 0;
        chunk = 0;
    }

    /** The next head begins at the next byte of the input. */
    void reset() {
        state = State.BEFORE;
        scanned = 0;
    }
}
