package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A file that is open for reading. A reader that goes on where it stopped gets more ahead each time, so a large file
 * takes few requests, and a short range no more bytes than it has.
 */
final class S3Reader implements AttachmentReader {
    private static final int MAX_AHEAD = 1 << 20;

    private final S3Requests requests;
    /** The keys under which the object may be, in the order in which it moves. */
    private final List<String> keys;

    private final StoredAttachment file;
    private Ahead ahead = new Ahead(0, ByteBuffer.allocate(0));

    /**
     * Bytes that were read before they were asked for.
     *
     * @param position the position of the first one in the file
     */
    private record Ahead(long position, ByteBuffer bytes) {
        long end() {
            return position + bytes.remaining();
        }

        boolean has(long from, int length) {
            return from >= position && from + length <= end();
        }

        ByteBuffer slice(long from, int length) {
            return bytes.slice((int) (from - position) + bytes.position(), length);
        }
    }

    S3Reader(S3Requests requests, List<String> keys, StoredAttachment file) {
        this.requests = requests;
        this.keys = keys;
        this.file = file;
    }

    @Override
    public StoredAttachment file() {
        return file;
    }

    @Override
    public CompletionStage<ByteBuffer> read(long position, int length) {
        int count = (int) Math.max(0, Math.min(length, file.bytes() - position));
        Ahead known = ahead();
        if (known.has(position, count) || count == 0) {
            return CompletableFuture.completedFuture(
                    count == 0 ? ByteBuffer.allocate(0) : known.slice(position, count));
        }
        int wanted = position == known.end() ? Math.max(count, 2 * known.bytes().remaining()) : count;
        int fetched = (int) Math.min(Math.max(count, Math.min(wanted, MAX_AHEAD)), file.bytes() - position);
        return fetch(position, fetched).thenApply(bytes -> {
            Ahead next = new Ahead(position, bytes);
            setAhead(next);
            return next.slice(position, count);
        });
    }

    /** Reads the object, which moves when a message keeps it. */
    private CompletableFuture<ByteBuffer> fetch(long position, int length) {
        CompletableFuture<Optional<ByteBuffer>> found = requests.read(keys.get(0), position, length);
        for (String next : keys.subList(1, keys.size())) {
            found = found.thenCompose(bytes -> bytes.isPresent()
                    ? CompletableFuture.completedFuture(bytes)
                    : requests.read(next, position, length));
        }
        return found.thenApply(S3Reader::present);
    }

    private static ByteBuffer present(Optional<ByteBuffer> found) {
        return found.orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "the file was deleted"));
    }

    private synchronized Ahead ahead() {
        return ahead;
    }

    private synchronized void setAhead(Ahead next) {
        ahead = next;
    }

    @Override
    public void close() {
        setAhead(new Ahead(0, ByteBuffer.allocate(0)));
    }
}
