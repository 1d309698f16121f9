package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The ability of a {@link CallLogStore} to remove messages. Every method may be repeated, also after a failure. */
public interface CallLogRemoval {
    /**
     * Hides the conversation's messages up to a position from this user's list and history. A later message brings the
     * conversation back, with only the later messages. Other users keep it.
     *
     * <p>A message that is recorded afterwards stays visible, even at an earlier position, if that is less than {@link
     * io.webchat.core.spi.support.LateMessages#MAX_DELAY} before {@code upTo}. In a conversation with more than {@link
     * io.webchat.core.spi.support.HiddenMessages#MAX_SINGLE} messages in that time, the stretch is shorter.
     *
     * @param upTo the position of the last message that the user had in the list
     */
    CompletionStage<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo);

    /** Lists the other users of this user's 1:1 conversations, also of those that the user has hidden. */
    CompletionStage<Set<UserId>> partners(UserId user);

    /** Deletes the conversation with all its messages and watermarks, for all users. */
    CompletionStage<Void> erase(ConversationId conversation);

    /**
     * Deletes this user's 1:1 conversations, for both sides, and their watermarks in rooms. Their messages in rooms
     * stay; {@link #erase(ConversationId)} deletes a whole room.
     */
    CompletionStage<Void> erase(UserId user);
}
