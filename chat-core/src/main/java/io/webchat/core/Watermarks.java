package io.webchat.core;

/**
 * The progress of messages as times in the call log: all messages up to a time have the status. 0 means none.
 * Watermarks only grow, and displayed includes delivered.
 *
 * @param delivered the time of the last delivered message, Unix milliseconds
 * @param displayed the time of the last message that was seen, Unix milliseconds; never above {@code delivered}
 */
public record Watermarks(long delivered, long displayed) {
    /** No message was delivered. */
    public static final Watermarks NONE = new Watermarks(0, 0);

    /** Raises {@code delivered} to {@code displayed}. */
    public Watermarks {
        delivered = Math.max(delivered, displayed);
    }

    /** Returns the watermarks after all messages up to this time got the status. */
    public Watermarks raised(MessageStatus status, long upTo) {
        return switch (status) {
            case SENT -> this;
            case DELIVERED -> new Watermarks(Math.max(delivered, upTo), displayed);
            case DISPLAYED -> new Watermarks(delivered, Math.max(displayed, upTo));
        };
    }

    /** Returns the higher values of both. */
    public Watermarks raised(Watermarks other) {
        return new Watermarks(Math.max(delivered, other.delivered), Math.max(displayed, other.displayed));
    }

    /** Returns the status of a message with this time in the call log. */
    public MessageStatus of(long storedAt) {
        if (storedAt <= displayed) {
            return MessageStatus.DISPLAYED;
        }
        return storedAt <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
    }
}
