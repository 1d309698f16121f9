package io.webchat.core.spi.calllog;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import java.util.concurrent.CompletionStage;

/** The ability of a {@link CallLogStore} to record a new message with less work than any message. */
public interface NewMessageLog {
    /**
     * Records a message like {@link CallLogStore#append}. The message is new: its queue has just assigned its Seq for
     * the first time. No earlier call was about it, so the store need not search for it. Later calls about the same
     * message are {@code append}s, perhaps before this call has completed.
     */
    CompletionStage<Void> appendNew(ConversationId conversation, ChatEvent.Message message, long storedAt);
}
