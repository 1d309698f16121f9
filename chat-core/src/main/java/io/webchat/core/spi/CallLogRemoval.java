package io.webchat.core.spi;

import io.webchat.core.ConversationId;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/** The ability of a {@link CallLogStore} to remove messages. Every method may be repeated, also after a failure. */
public interface CallLogRemoval {
    /**
     * Hides the conversation from this user's list and history. A later message brings it back, with only the later
     * messages. Other users keep it.
     *
     * @param upTo the time in the call log of the newest message to hide, Unix milliseconds
     */
    CompletionStage<Void> hide(UserId user, ConversationId conversation, long upTo);

    /** Deletes the conversation with all its messages and watermarks, for all users. */
    CompletionStage<Void> erase(ConversationId conversation);

    /**
     * Deletes this user's 1:1 conversations, for both sides, and their watermarks in rooms. Their messages in rooms
     * stay; {@link #erase(ConversationId)} deletes a whole room.
     */
    CompletionStage<Void> erase(UserId user);
}
