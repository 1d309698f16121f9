package io.webchat.core.calllog;

import org.jspecify.annotations.Nullable;

/**
 * The progress of messages as positions in the conversation: all messages up to a position have the status. Null means
 * none. Watermarks only grow, and displayed includes delivered.
 *
 * @param delivered the position of the last delivered message
 * @param displayed the position of the last message that was seen; never behind {@code delivered}
 */
public record Watermarks(
        @Nullable MessagePosition delivered, @Nullable MessagePosition displayed) {
    /** No message was delivered. */
    public static final Watermarks NONE = new Watermarks(null, null);

    /** Raises {@code delivered} to {@code displayed}. */
    public Watermarks {
        delivered = MessagePosition.later(delivered, displayed);
    }

    /** Returns the watermarks after all messages up to this position got the status. */
    public Watermarks raised(MessageStatus status, MessagePosition upTo) {
        return switch (status) {
            case SENT -> this;
            case DELIVERED -> new Watermarks(MessagePosition.later(delivered, upTo), displayed);
            case DISPLAYED -> new Watermarks(delivered, MessagePosition.later(displayed, upTo));
        };
    }

    /** Returns the higher values of both. */
    public Watermarks raised(Watermarks other) {
        return new Watermarks(
                MessagePosition.later(delivered, other.delivered), MessagePosition.later(displayed, other.displayed));
    }

    /** Returns the status of the message at this position. */
    public MessageStatus of(MessagePosition message) {
        if (!message.isBehind(displayed)) {
            return MessageStatus.DISPLAYED;
        }
        return message.isBehind(delivered) ? MessageStatus.SENT : MessageStatus.DELIVERED;
    }
}
