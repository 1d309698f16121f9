package io.webchat.core.testing;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Files whose steps can fail. */
public final class FaultyAttachments implements AttachmentStore {
    /** Faults of {@code begin} and of the steps of an upload. */
    public final Faults writing = new Faults();

    /** Faults of {@code keep}. */
    public final Faults keeping = new Faults();

    /** Faults of {@code open}, {@code list} and of reads. */
    public final Faults reading = new Faults();

    /** Faults of {@code deletePending} and {@code delete}. */
    public final Faults deleting = new Faults();

    private final AttachmentStore store;

    /** Over this store, without faults at first. */
    public FaultyAttachments(AttachmentStore store) {
        this.store = store;
    }

    @Override
    public AttachmentLimits limits() {
        return store.limits();
    }

    @Override
    public CompletionStage<AttachmentUpload> begin(UserId owner, String name) {
        return writing.apply(() -> store.begin(owner, name)).thenApply(Upload::new);
    }

    @Override
    public CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id) {
        return keeping.apply(() -> store.keep(use, id));
    }

    @Override
    public CompletionStage<Optional<AttachmentReader>> open(AttachmentId id) {
        return reading.apply(() -> store.open(id)).thenApply(found -> found.map(Reader::new));
    }

    @Override
    public CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id) {
        return deleting.apply(() -> store.deletePending(owner, id));
    }

    @Override
    public CompletionStage<Void> delete(AttachmentId id) {
        return deleting.apply(() -> store.delete(id));
    }

    @Override
    public CompletionStage<List<AttachmentId>> list(UserId owner) {
        return reading.apply(() -> store.list(owner));
    }

    /** An upload whose steps can fail. */
    private final class Upload implements AttachmentUpload {
        private final AttachmentUpload upload;

        Upload(AttachmentUpload upload) {
            this.upload = upload;
        }

        @Override
        public AttachmentId id() {
            return upload.id();
        }

        @Override
        public CompletionStage<Void> write(ByteBuffer bytes) {
            return writing.apply(() -> upload.write(bytes));
        }

        @Override
        public CompletionStage<StoredAttachment> finish() {
            return writing.apply(upload::finish);
        }

        @Override
        public CompletionStage<Void> abort() {
            return upload.abort();
        }
    }

    /** A reader whose reads can fail. */
    private final class Reader implements AttachmentReader {
        private final AttachmentReader reader;

        Reader(AttachmentReader reader) {
            this.reader = reader;
        }

        @Override
        public StoredAttachment file() {
            return reader.file();
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            return reading.apply(() -> reader.read(position, length));
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
