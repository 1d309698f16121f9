package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import java.util.concurrent.CompletionStage;

/**
 * What a {@link CallLogStore} offers beside its append where a message that cannot be there yet is cheaper to record.
 */
public interface NewMessageLog {
    /**
     * Records a message as {@link CallLogStore#append} does, one whose place a queue has just given for the first time,
     * so that only this call has ever been about it. It need not be looked for. What comes later about the same message
     * is an {@code append}, while this call is under way too.
     */
    CompletionStage<Void> appendNew(ConversationId conversation, ChatEvent.Message message, long storedAt);
}
