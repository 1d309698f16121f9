package io.webchat.core;

/**
 * How far messages have come, as times in the call log, Unix milliseconds: those up to a time have the status. 0 for
 * none. Watermarks only grow, and displayed counts as delivered.
 *
 * @param delivered up to when messages were delivered
 * @param displayed up to when messages were seen; never above {@code delivered}
 */
public record Watermarks(long delivered, long displayed) {
    /** Nothing was delivered. */
    public static final Watermarks NONE = new Watermarks(0, 0);

    /** What was displayed was delivered too. */
    public Watermarks {
        delivered = Math.max(delivered, displayed);
    }

    /** The same, and messages up to this time have the status. */
    public Watermarks raised(MessageStatus status, long upTo) {
        return switch (status) {
            case SENT -> this;
            case DELIVERED -> new Watermarks(Math.max(delivered, upTo), displayed);
            case DISPLAYED -> new Watermarks(delivered, Math.max(displayed, upTo));
        };
    }

    /** The higher of both. */
    public Watermarks raised(Watermarks other) {
        return new Watermarks(Math.max(delivered, other.delivered), Math.max(displayed, other.displayed));
    }

    /** The status of a message that was stored then. */
    public MessageStatus of(long storedAt) {
        if (storedAt <= displayed) {
            return MessageStatus.DISPLAYED;
        }
        return storedAt <= delivered ? MessageStatus.DELIVERED : MessageStatus.SENT;
    }
}
