package io.webchat.core.files;

import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletionStage;

/** A file that is open for reading. */
record OpenFile(StoredAttachment file, FileChannel channel, Disk disk) implements AttachmentReader {
    @Override
    public CompletionStage<ByteBuffer> read(long position, int length) {
        return disk.call(() -> {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(length, file.bytes() - position)));
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new IOException("the file " + file.id() + " has lost its end");
                }
            }
            return bytes.flip();
        });
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the file " + file.id(), e);
        }
    }
}
