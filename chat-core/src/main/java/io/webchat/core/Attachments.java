package io.webchat.core;

import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import java.util.concurrent.CompletionStage;

/**
 * The files of messages. A user uploads a file, and then names it in one message ({@link AttachmentRef}). Whoever may
 * read that message may open the file. A file that no message names is deleted after a day, and a file goes with its
 * message.
 *
 * <p>The caller must have checked that it may speak for the user. Every stage may fail with {@code unavailable}, and it
 * fails with {@code forbidden} when the chat has no store of files ({@link Chat.Builder#attachments}). The same holds
 * for every step of an upload and of a reader. After a failure of an upload call {@link AttachmentUpload#abort}, and do
 * not use the buffer again. Safe for use by several threads.
 */
public interface Attachments {
    /** The longest name of a file, in Unicode code points. */
    int MAX_NAME = 255;

    /** The largest number of uploads that one user makes at once on one node. */
    int MAX_UPLOADS = 5;

    /** Returns the size of the largest file, in bytes; 0 if the chat has no store of files. */
    long maxBytes();

    /**
     * Begins an upload. It counts as one message for the rate limit of the user. It is under way until {@link
     * AttachmentUpload#finish} succeeds, or {@link AttachmentUpload#abort} is called.
     *
     * @param name the name of the file, as its owner calls it; an empty string for none. It is for people only
     * @return the upload; fails with {@code bad_request} for a name that is longer than {@link #MAX_NAME}, invisible,
     *     or has control characters or line breaks, with {@code too_large} if the files of the owner have reached their
     *     limit, and with {@code rate_limited}, also beyond {@link #MAX_UPLOADS}
     */
    CompletionStage<AttachmentUpload> upload(UserId owner, String name);

    /**
     * Opens a file of a message for somebody in its conversation. It reads the message from the call log, so the file
     * of a deleted message cannot be opened any more. The caller closes the reader.
     *
     * @param reader a user of the 1:1 conversation, or a member of the room
     * @return the file; fails with {@code not_found} for a stranger to the conversation, for a message that is not
     *     there, was deleted, does not name this file, or is hidden from the reader by a block, and for a file that is
     *     gone
     */
    CompletionStage<AttachmentReader> open(
            UserId reader, ConversationId conversation, MessageRef message, AttachmentId id);

    /**
     * Opens a file for its owner, whether a message names it or not. The caller closes the reader.
     *
     * @return the file; fails with {@code not_found} for the file of another user, as for one that is not there
     */
    CompletionStage<AttachmentReader> open(UserId owner, AttachmentId id);

    /**
     * Deletes a file that no message names yet. A repetition fails with {@code not_found}.
     *
     * @return fails with {@code not_found} for the file of another user, as for one that is not there, and with {@code
     *     forbidden} if the file belongs to a message: it goes with its message
     */
    CompletionStage<Void> delete(UserId owner, AttachmentId id);

    /**
     * Deletes a file that was kept for a message which the call log does not have, or which does not name the file any
     * more: the message has expired, its room has ended, it was never stored, or the deletion of the file failed
     * after an edit. Do not call it while the message is being sent.
     *
     * @param message the message for which the file was kept; its author is the owner
     * @return fails with {@code not_found} for the file of another user, as for one that is not there, and with {@code
     *     forbidden} if this message names the file, or if the file was kept for another message
     */
    CompletionStage<Void> delete(UserId owner, ConversationId conversation, MessageRef message, AttachmentId id);
}
