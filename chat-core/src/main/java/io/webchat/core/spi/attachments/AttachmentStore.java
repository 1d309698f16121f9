package io.webchat.core.spi.attachments;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Holds the files that messages refer to. A file is written once, by an upload, and never changes.
 *
 * <p>An uploaded file is pending until {@link #keep} is called for it, and then belongs to one message. A pending file
 * is deleted by the store when it is a day old, sooner or later: nobody refers to it. Both pending and kept files count
 * for the quota of their owner. A file is either kept for one message or deleted, also if several nodes try that at
 * once.
 *
 * <p>Every method may be called on any thread, on any node.
 */
public interface AttachmentStore {
    /** Returns the limits of this store; the same ones each time. */
    AttachmentLimits limits();

    /**
     * Begins an upload. The file is not there before {@link AttachmentUpload#finish}.
     *
     * @param name the name of the file, as its owner calls it; for people only, never a path
     * @return the upload; fails with {@code too_large} if the owner's quota has no bytes left for one more file
     */
    CompletionStage<AttachmentUpload> begin(UserId owner, String name);

    /**
     * Keeps a finished file for a message from now on. May be repeated for the same message, also on other nodes and
     * after a failure.
     *
     * @return the file; empty if there is none with this id, if it is another user's, or if it is kept for another
     *     message
     */
    CompletionStage<Optional<StoredAttachment>> keep(AttachmentUse use, AttachmentId id);

    /** Opens a finished file for reading; empty if there is none. The caller closes it. */
    CompletionStage<Optional<AttachmentReader>> open(AttachmentId id);

    /**
     * Deletes a finished file of this user that is not kept for a message.
     *
     * @return whether there was one; false leaves everything as it is
     */
    CompletionStage<Boolean> deletePending(UserId owner, AttachmentId id);

    /** Deletes a file, kept or not; without one, the call has no effect. A reader that is open may fail afterwards. */
    CompletionStage<Void> delete(AttachmentId id);

    /**
     * Returns the ids of all finished files of a user, in any order. Ids only, so that a store needs no request for
     * each file: a user may have many thousands.
     */
    CompletionStage<List<AttachmentId>> list(UserId owner);
}
