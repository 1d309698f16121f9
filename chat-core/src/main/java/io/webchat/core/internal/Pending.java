package io.webchat.core.internal;

import io.webchat.core.ChatEvent;
import io.webchat.core.ConversationId;
import org.jspecify.annotations.Nullable;

/** A message that was emitted and is not confirmed yet. Owned by its session's mailbox. */
final class Pending {
    final long seq;
    final long storedAt;
    /** Its time in the call log, which is what marks go by. */
    final long loggedAt;

    final ChatEvent.Message message;
    /** Made once: to make one checks two ids. */
    private final ConversationId conversation;
    /**
     * The receipt that the client has given so far; it is being stored, or the message would no longer be
     * pending.
     */
    ChatEvent.@Nullable Receipt answer;
    /** The delivered watermark that its answers have raised so far; 0 for none. */
    long deliveredUpTo;
    /** Whether another attempt to store the answer is on its way. */
    boolean retrying;

    Pending(long seq, long storedAt, ChatEvent.Message message) {
        this.seq = seq;
        this.storedAt = storedAt;
        this.loggedAt = message.loggedAt() > 0 ? message.loggedAt() : storedAt;
        this.message = message;
        this.conversation = message.conversation();
    }

    MessageKey key() {
        return MessageKey.of(message);
    }

    ConversationId conversation() {
        return conversation;
    }

    boolean answered() {
        return answer != null;
    }

    /** A copy of what this user sent from another device: nobody waits for its receipt. */
    boolean ownCopy() {
        return message.fromDevice() != null;
    }
}
