package io.webchat.core.testing;

import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.CallLogRemoval;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.calllog.ReaderMarks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call log whose steps can fail, each kind of step on its own. */
public final class FaultyCallLog implements CallLogStore, CallLogRemoval, ReaderMarks, AmendmentLog {
    /** Faults of {@code append}, of amendments and of removals. */
    public final Faults writing;

    /** Faults of {@code mark}. */
    public final Faults marking;

    /** Faults of {@code messages} and {@code conversations}. */
    public final Faults reading;

    /** Faults of {@code quoted}. */
    public final Faults quoting;

    private final CallLogStore store;

    /** Over this backend, without faults at first. */
    public FaultyCallLog(CallLogStore store) {
        this(store, new Faults(), new Faults(), new Faults(), new Faults());
    }

    private FaultyCallLog(CallLogStore store, Faults writing, Faults marking, Faults reading, Faults quoting) {
        this.store = store;
        this.writing = writing;
        this.marking = marking;
        this.reading = reading;
        this.quoting = quoting;
    }

    /** Another node's call log, with the same faults. */
    public FaultyCallLog over(CallLogStore another) {
        return new FaultyCallLog(another, writing, marking, reading, quoting);
    }

    @Override
    public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
        return writing.apply(() -> store.append(conversation, message, storedAt));
    }

    @Override
    public CompletionStage<AmendmentOutcome> amend(LoggedMessage target, Amendment amendment, long storedAt) {
        return writing.apply(() -> amendments().amend(target, amendment, storedAt));
    }

    @Override
    public CompletionStage<Optional<Long>> timeOf(Amendment amendment, long since) {
        return amendments().timeOf(amendment, since);
    }

    @Override
    public CompletionStage<AmendmentPage> amendments(
            ConversationId conversation, @Nullable MessagePosition after, int limit) {
        return reading.apply(() -> amendments().amendments(conversation, after, limit));
    }

    /** Every call log of this project can amend messages. */
    private AmendmentLog amendments() {
        return (AmendmentLog) store;
    }

    @Override
    public CompletionStage<Void> mark(Mark mark) {
        return marking.apply(() -> store.mark(mark));
    }

    @Override
    public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
        return store.find(conversation, author, id);
    }

    @Override
    public CompletionStage<List<ChatEvent.Message>> quoted(
            ConversationId conversation, UserId reader, Collection<MessageRef> references) {
        return quoting.apply(() -> store.quoted(conversation, reader, references));
    }

    @Override
    public CompletionStage<List<LoggedMessage>> messages(
            ConversationId conversation, UserId reader, HistoryRange range) {
        return reading.apply(() -> store.messages(conversation, reader, range));
    }

    @Override
    public CompletionStage<List<ConversationEntry>> conversations(
            ConversationReader reader, @Nullable ConversationPosition before, int limit) {
        return reading.apply(() -> store.conversations(reader, before, limit));
    }

    /** Every call log of this project can tell them. */
    @Override
    public CompletionStage<Map<UserId, Watermarks>> received(ConversationId conversation, Collection<UserId> users) {
        return reading.apply(() -> ((ReaderMarks) store).received(conversation, users));
    }

    @Override
    public CompletionStage<Void> hide(UserId user, ConversationId conversation, MessagePosition upTo) {
        return writing.apply(() -> removal().hide(user, conversation, upTo));
    }

    @Override
    public CompletionStage<Set<UserId>> partners(UserId user) {
        return reading.apply(() -> removal().partners(user));
    }

    @Override
    public CompletionStage<Void> erase(ConversationId conversation) {
        return writing.apply(() -> removal().erase(conversation));
    }

    @Override
    public CompletionStage<Void> erase(UserId user) {
        return writing.apply(() -> removal().erase(user));
    }

    /** Every call log of this project can take something out again. */
    private CallLogRemoval removal() {
        return (CallLogRemoval) store;
    }
}
