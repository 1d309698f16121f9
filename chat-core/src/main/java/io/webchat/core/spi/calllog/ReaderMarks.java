package io.webchat.core.spi.calllog;

import io.webchat.core.calllog.Watermarks;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The ability of a {@link CallLogStore} to tell how far each of several users has read a conversation. */
public interface ReaderMarks {
    /**
     * Returns the watermarks of these users as readers: see {@link Mark}. A mark may become visible a little later.
     *
     * @return an entry for each of the users; {@link Watermarks#NONE} for a user without a mark
     */
    CompletionStage<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users);
}
