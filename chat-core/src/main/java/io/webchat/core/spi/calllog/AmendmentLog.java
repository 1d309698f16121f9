package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Amendment;
import io.webchat.core.ids.ConversationId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The ability of a {@link CallLogStore} to amend messages. Without it a chat takes no amendments.
 *
 * <p>An amendment has a position of its own: the time at which it is recorded, then the user who made it and its id.
 * The amendments of one message take effect in the order of their positions, in whatever order they are recorded:
 *
 * <ul>
 *   <li>The content is that of the latest edit. Older contents are not kept.
 *   <li>A user has given a reaction if the latest amendment of that user and kind gave it.
 *   <li>A deletion removes the content and all reactions for ever. The earliest one is shown.
 * </ul>
 *
 * <p>All methods of {@link CallLogStore} show messages in that state. Amendments are no messages: they are on no page
 * of history, count as no unread messages, and do not move a conversation in a list.
 */
public interface AmendmentLog {
    /** The largest number of records of one message that an amendment changes. */
    int MAX_RECORDS = 8;

    /**
     * Records an amendment, and changes its message. Repeating it with the same time, user and id has no effect. When
     * the stage completes, both are durable. After a failure one of them may have taken effect; repeating it completes
     * it.
     *
     * <p>A message has two records if it was sent again and neither its queue nor the engine recognised that. The
     * amendment changes up to {@link #MAX_RECORDS} records of it.
     *
     * <p>A message keeps up to {@link io.webchat.core.events.Reaction#MAX_USERS} named users of each kind of reaction,
     * and knows of all others whether they have given it. The store bounds neither kinds nor contents; the engine does.
     *
     * <p>A deletion takes effect only on the edit that the caller has seen, so that the caller knows which files it
     * deletes. So does an edit that names other files than the message has.
     *
     * @param target the message as this store returned it, at whatever time
     * @param storedAt the time in the call log, Unix milliseconds
     * @return whether the message is amended, or was deleted. A deletion of a deleted message counts as amended. {@link
     *     AmendmentOutcome#CHANGED} if the message has another {@link LoggedMessage#editedAt} than the target, and the
     *     amendment is a deletion or names other files: then it has no effect
     */
    CompletionStage<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt);

    /**
     * Finds the time at which an amendment was recorded, by its user, id and {@link ContentDigest}.
     *
     * @param since amendments that were recorded before this time may be missed, Unix milliseconds
     */
    CompletionStage<Optional<Long>> timeOf(Amendment amendment, long since);

    /**
     * Lists the amendments that still matter behind a position, oldest first. Each is addressed as it was recorded, and
     * has its time in the call log as {@link Amendment#loggedAt}. Left out are edits whose content is not the latest
     * one, and everything about a deleted message, except its deletion. It returns fewer than the limit only if there
     * are no more, or if some of the last ones were left out: then {@link AmendmentPage#next} tells where to go on.
     *
     * @param after the position behind which the list begins; null for the beginning of the conversation
     */
    CompletionStage<AmendmentPage> amendments(ConversationId conversation, @Nullable MessagePosition after, int limit);

    /**
     * One page of amendments.
     *
     * @param amendments the amendments, oldest first
     * @param next the position behind which the next page begins; null if there is none
     */
    record AmendmentPage(
            List<Amendment> amendments, @Nullable MessagePosition next) {
        /** Copies the list. */
        public AmendmentPage {
            amendments = List.copyOf(amendments);
        }
    }
}
