package io.webchat.core.spi.attachments;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** An open file. Reads may be made at any position; {@link #close} frees what it holds. */
public interface AttachmentReader extends AutoCloseable {
    /** The file. */
    StoredAttachment file();

    /**
     * Reads up to {@code length} bytes from this position: all of them, unless the file ends before.
     *
     * @return the bytes, which the caller may keep; none at the end of the file
     */
    CompletionStage<ByteBuffer> read(long position, int length);

    @Override
    void close();
}
