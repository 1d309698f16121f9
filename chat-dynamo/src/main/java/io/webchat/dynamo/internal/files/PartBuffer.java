package io.webchat.dynamo.internal.files;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Collects the bytes of one part. Its memory grows with them, so a small file takes little. */
final class PartBuffer {
    /** The size of a part that is not the last one: the least that S3 takes. */
    static final int BYTES = 5 << 20;

    private static final int BLOCK = 64 << 10;

    private final List<ByteBuffer> blocks = new ArrayList<>();
    private int size;

    /** Takes bytes until the part is full. */
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining() && size < BYTES) {
            ByteBuffer block = lastBlock();
            int count = Math.min(Math.min(bytes.remaining(), block.remaining()), BYTES - size);
            ByteBuffer slice = bytes.duplicate();
            slice.limit(slice.position() + count);
            block.put(slice);
            bytes.position(bytes.position() + count);
            size += count;
        }
    }

    private ByteBuffer lastBlock() {
        if (blocks.isEmpty() || !blocks.get(blocks.size() - 1).hasRemaining()) {
            blocks.add(ByteBuffer.allocate(BLOCK));
        }
        return blocks.get(blocks.size() - 1);
    }

    boolean isFull() {
        return size == BYTES;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the bytes. They change with the next {@link #take}. */
    List<ByteBuffer> content() {
        return blocks.stream().map(each -> each.duplicate().flip()).toList();
    }

    /** Forgets the bytes, and frees their memory. */
    void clear() {
        blocks.clear();
        size = 0;
    }
}
