package io.webchat.core.internal.events;

import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.CloseReason;
import io.webchat.core.SendResult;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.events.ConversationOrder.Turn;
import io.webchat.core.rooms.RoomChange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the listener of the committed events of this node. Costs nothing in a chat without a listener. */
public final class CommittedEvents {
    /** The largest number of messages that are stored in part and not reported yet. */
    private static final int MAX_UNREPORTED = 10_000;

    private final ConversationOrder order = new ConversationOrder();
    /** Null in a chat without a listener. */
    private final @Nullable ListenerCalls calls;

    /** Messages and amendments have ids of their own. */
    private record ReportKey(UserId from, MessageId id, boolean amendment) {
        static ReportKey of(LoggedEvent event) {
            return new ReportKey(event.from(), event.id(), event instanceof Amendment);
        }
    }

    /** The events whose append succeeded and whose send failed: their resend is reported. Guarded by itself. */
    private final Map<ReportKey, Boolean> unreported = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReportKey, Boolean> eldest) {
            return size() > MAX_UNREPORTED;
        }
    };

    /** The events for this listener. */
    public CommittedEvents(ChatListener listener, ChatObserver observer) {
        calls = listener.equals(ChatListener.NONE) ? null : new ListenerCalls(listener, observer);
    }

    /**
     * A message or an amendment is about to be appended. It is reported behind all earlier events of its conversation.
     */
    public MessageReport begin(LoggedEvent message) {
        return calls == null
                ? MessageReport.NONE
                : new MessageReport(this, order.begin(message.conversation()), message);
    }

    /** The send of a message has ended, with this result or with a failure. */
    void end(Turn turn, LoggedEvent message, boolean isNew, @Nullable SendResult result) {
        boolean reported = result != null && (isMissing(message) || isNew);
        if (result == null && isNew) {
            synchronized (unreported) {
                unreported.put(ReportKey.of(message), true);
            }
        }
        long storedAt = result == null ? 0 : result.storedAt();
        order.end(turn, reported ? () -> report(message, storedAt) : null);
    }

    private void report(LoggedEvent event, long storedAt) {
        if (event instanceof ChatEvent.Message message) {
            call(message.content().length(), listener -> listener.onMessage(message, storedAt));
        } else if (event instanceof Amendment amendment) {
            call(amendment.length(), listener -> listener.onAmendment(amendment, storedAt));
        }
    }

    private boolean isMissing(LoggedEvent message) {
        synchronized (unreported) {
            return !unreported.isEmpty() && unreported.remove(ReportKey.of(message)) != null;
        }
    }

    /** A receipt was stored. */
    public void onReceipt(ChatEvent.Receipt receipt, long storedAt) {
        if (calls != null) {
            inOrder(receipt.conversation(), listener -> listener.onReceipt(receipt, storedAt));
        }
    }

    /** A room was changed. */
    public void onRoomChange(RoomChange change) {
        if (calls != null) {
            inOrder(ConversationId.room(change.room()), listener -> listener.onRoomChange(change));
        }
    }

    private void inOrder(ConversationId conversation, Consumer<ChatListener> call) {
        order.end(order.begin(conversation), () -> call(0, call));
    }

    /** A device opened a session. */
    public void onConnect(UserId user, DeviceId device) {
        call(0, listener -> listener.onConnect(user, device));
    }

    /** The session of a device ended. */
    public void onDisconnect(UserId user, DeviceId device, CloseReason reason) {
        call(0, listener -> listener.onDisconnect(user, device, reason));
    }

    private void call(int contentBytes, Consumer<ChatListener> call) {
        if (calls != null) {
            calls.add(contentBytes, call);
        }
    }

    /** Takes no more events, and waits until the listener has heard the others. */
    public void close(Duration grace) {
        if (calls != null) {
            calls.close(grace);
        }
    }
}
