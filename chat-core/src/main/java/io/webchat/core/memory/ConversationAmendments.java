package io.webchat.core.memory;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentLog.AmendmentPage;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.support.AmendmentView;
import io.webchat.core.spi.support.MessageReactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The amendments of one conversation. The caller holds the monitor of the conversation during each call. */
final class ConversationAmendments {
    private record Key(UserId user, MessageId id) {}

    /** The amendments of one message. */
    private record State(long editedAt, MessageReactions reactions) {
        static final State NONE = new State(0, MessageReactions.NONE);
    }

    private final Map<MessagePosition, State> states = new HashMap<>();
    /** Edits are here without their contents. */
    private final TreeMap<MessagePosition, Amendment> amendments = new TreeMap<>();

    private final Map<Key, MessagePosition> positions = new HashMap<>();
    private final int max;

    ConversationAmendments(int max) {
        this.max = max;
    }

    /**
     * Changes a message that is not deleted.
     *
     * @return the message as it is now
     */
    ChatEvent.Message amended(MessagePosition position, ChatEvent.Message message, Amendment amendment, long storedAt) {
        State state = states.getOrDefault(position, State.NONE);
        Amendment.Change change = amendment.change();
        if (change instanceof Amendment.React react) {
            MessageReactions reactions =
                    state.reactions().with(amendment.from(), react.reaction(), react.remove(), storedAt);
            states.put(position, new State(state.editedAt(), reactions));
        } else if (change instanceof Amendment.Edit edit && storedAt > state.editedAt()) {
            states.put(position, new State(storedAt, state.reactions()));
            // The digest of the first content still recognises a resend.
            return message.withContent(edit.content()).withSentDigest(ContentDigest.of(message));
        }
        return message;
    }

    /** The time of the newest edit of the message at this position; 0 if it was never edited. */
    long editedAt(MessagePosition position) {
        return states.getOrDefault(position, State.NONE).editedAt();
    }

    /** The heap that the amendments of the message at this position take. */
    long heap(MessagePosition position) {
        return states.getOrDefault(position, State.NONE).reactions().heap();
    }

    /** The message at this position has no state any more: it was deleted or removed. */
    void forget(MessagePosition position) {
        states.remove(position);
    }

    /** Records an amendment; returns the bytes that this takes. */
    long record(Amendment amendment, long storedAt) {
        MessagePosition position = new MessagePosition(storedAt, amendment.from(), amendment.id());
        if (amendments.putIfAbsent(position, withoutContent(amendment)) != null) {
            return 0;
        }
        positions.put(new Key(amendment.from(), amendment.id()), position);
        if (amendments.size() <= max) {
            return HeapSize.AMENDMENT;
        }
        MessagePosition oldest = amendments.firstKey();
        amendments.remove(oldest);
        positions.remove(new Key(oldest.author(), oldest.id()), oldest);
        return 0;
    }

    private static Amendment withoutContent(Amendment amendment) {
        return amendment.change() instanceof Amendment.Edit
                ? amendment
                        .withSentDigest(ContentDigest.of(amendment))
                        .withChange(new Amendment.Edit(MessageContent.text("")))
                : amendment;
    }

    Optional<Long> timeOf(Amendment amendment) {
        MessagePosition position = positions.get(new Key(amendment.from(), amendment.id()));
        if (position == null) {
            return Optional.empty();
        }
        Amendment there = amendments.get(position);
        return there != null && ContentDigest.of(there).equals(ContentDigest.of(amendment))
                ? Optional.of(position.storedAt())
                : Optional.empty();
    }

    /** Returns the message with its amendments. */
    LoggedMessage logged(ChatEvent.Message message, MessagePosition position, MessageStatus status) {
        State state = states.getOrDefault(position, State.NONE);
        return new LoggedMessage(
                message,
                position.storedAt(),
                status,
                state.editedAt(),
                state.reactions().reactions());
    }

    /**
     * Lists the amendments behind a position.
     *
     * @param messageOf finds the message of an amendment, with its amendments
     */
    AmendmentPage list(
            @Nullable MessagePosition after, int limit, Function<Amendment, Optional<LoggedMessage>> messageOf) {
        NavigableMap<MessagePosition, Amendment> part = after == null ? amendments : amendments.tailMap(after, false);
        List<Amendment> found = new ArrayList<>();
        for (Map.Entry<MessagePosition, Amendment> each : part.entrySet()) {
            if (found.size() == limit) {
                return new AmendmentPage(found, amendments.lowerKey(each.getKey()));
            }
            long time = each.getKey().storedAt();
            messageOf
                    .apply(each.getValue())
                    .flatMap(message -> AmendmentView.present(each.getValue(), time, message))
                    .ifPresent(found::add);
        }
        return new AmendmentPage(found, null);
    }
}
