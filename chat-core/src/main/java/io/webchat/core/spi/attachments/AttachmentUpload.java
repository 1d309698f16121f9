package io.webchat.core.spi.attachments;

import io.webchat.core.ids.AttachmentId;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * A file that is being written. Its calls follow one another: the next one is made after the stage of the one before
 * has completed. {@link #abort} also follows a call that fails or takes too long.
 */
public interface AttachmentUpload {
    /** The id of the file. */
    AttachmentId id();

    /**
     * Appends these bytes.
     *
     * @return done when the buffer may be used again; fails with {@code too_large} beyond the largest file or the
     *     owner's quota, and the upload is aborted then
     */
    CompletionStage<Void> write(ByteBuffer bytes);

    /** Ends the upload; the file can be read on every node when the stage completes. */
    CompletionStage<StoredAttachment> finish();

    /** Gives the upload up, and frees what it holds. After {@link #finish} it has no effect. */
    CompletionStage<Void> abort();
}
