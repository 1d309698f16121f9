package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The bytes of a body wait without the buffers in which they came, and leave in pieces of a bounded size. */
class WaitingBodyTest {
    private static final int PIECE = 64 * 1024;

    private final WaitingBody waiting = new WaitingBody();

    private static ByteBuf bytes(int count) {
        ByteBuf bytes = Unpooled.buffer(count);
        for (int i = 0; i < count; i++) {
            bytes.writeByte(i);
        }
        return bytes;
    }

    private void assertTaken(int from, int count) {
        ByteBuffer piece = waiting.take();
        assertThat(piece.remaining()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            if (piece.get() != (byte) (from + i)) {
                throw new AssertionError("another byte at " + (from + i));
            }
        }
    }

    @Test
    void G13_chunksOfOneByteHoldNoBufferOfTheConnection() {
        ByteBuf read = bytes(10_000);
        while (read.isReadable()) {
            waiting.add(read.readRetainedSlice(1));
        }

        assertThat(read.refCnt()).isEqualTo(1);
        assertThat(waiting.hasEnough()).isFalse();
        read.release();
        assertTaken(0, 10_000);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void manyBytesLeaveInPiecesAndInOrder() {
        ByteBuf read = bytes(2 * PIECE + 10);
        waiting.add(read.readRetainedSlice(PIECE - 1));
        assertThat(waiting.hasEnough()).isFalse();
        waiting.add(read.readRetainedSlice(1));
        assertThat(waiting.hasEnough()).isTrue();
        waiting.add(read);

        assertTaken(0, PIECE);
        assertTaken(PIECE, PIECE);
        assertThat(waiting.hasEnough()).isFalse();
        waiting.add(bytes(5));
        ByteBuffer rest = waiting.take();
        assertThat(rest.remaining()).isEqualTo(15);
        assertThat(rest.get(10)).isZero();
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void aPieceIsNotChangedByLaterBytes() {
        waiting.add(bytes(10));
        ByteBuffer first = waiting.take();
        waiting.add(bytes(10).skipBytes(5));

        assertThat(first.get(0)).isZero();
        assertTaken(5, 5);
    }

    @Test
    void aBodyThatIsGivenUpHoldsNothing() {
        ByteBuf part = bytes(10);
        waiting.add(part);
        waiting.clear();

        assertThat(part.refCnt()).isZero();
        assertThat(waiting.isEmpty()).isTrue();
    }
}
