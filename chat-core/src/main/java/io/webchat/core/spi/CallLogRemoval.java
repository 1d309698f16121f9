package io.webchat.core.spi;

import io.webchat.core.ConversationId;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/** What takes something out of a {@link CallLogStore} again. Repeating any of it is safe, after a failure too. */
public interface CallLogRemoval {
    /**
     * Takes the conversation out of this user's list and history, up to now: a later message brings it back, with what
     * came since. Others keep theirs.
     *
     * @param upTo the time of the newest message that goes, Unix milliseconds
     */
    CompletionStage<Void> hide(UserId user, ConversationId conversation, long upTo);

    /** Deletes the conversation with all its messages and watermarks, for everyone. */
    CompletionStage<Void> erase(ConversationId conversation);

    /**
     * Deletes what is kept under this user's name: their 1:1 conversations for both sides, and their watermarks in
     * rooms. What they wrote in rooms stays; {@link #erase(ConversationId)} takes that.
     */
    CompletionStage<Void> erase(UserId user);
}
