package io.webchat.core.engine;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationEntry;
import io.webchat.core.ConversationId;
import io.webchat.core.LoggedMessage;
import io.webchat.core.MessageId;
import io.webchat.core.MessageStatus;
import io.webchat.core.Page;
import io.webchat.core.UserId;
import io.webchat.core.spi.CallLogStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A call log whose writes can fail. */
final class FaultyCallLog implements CallLogStore {
    final Faults writing = new Faults();
    final Faults marking = new Faults();
    private final CallLogStore store;

    FaultyCallLog(CallLogStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return writing.apply(() -> store.append(conversation, message, storedAt));
    }

    @Override
    public CompletionStage<Void> mark(ConversationId conversation, UserId reader, MessageStatus status, long upTo) {
        return marking.apply(() -> store.mark(conversation, reader, status, upTo));
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return store.find(conversation, author, id);
    }

    @Override
    public CompletionStage<Page<LoggedMessage>> messages(ConversationId conversation, int limit, String cursor) {
        return store.messages(conversation, limit, cursor);
    }

    @Override
    public CompletionStage<Page<ConversationEntry>> conversations(UserId user, int limit, String cursor) {
        return store.conversations(user, limit, cursor);
    }
}
