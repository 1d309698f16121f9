package io.webchat.core.internal.backend;

import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** An open file whose reads end within the time-out. */
record GuardedReader(BackendCalls calls, AttachmentReader reader) implements AttachmentReader {
    @Override
    public StoredAttachment file() {
        return reader.file();
    }

    @Override
    public CompletionStage<ByteBuffer> read(long position, int length) {
        return calls.guard("readFile", BackendCalls.invoke(() -> reader.read(position, length)));
    }

    @Override
    public void close() {
        reader.close();
    }
}
