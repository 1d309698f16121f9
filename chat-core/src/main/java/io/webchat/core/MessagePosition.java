package io.webchat.core;

/**
 * The position of a message in its conversation: by the time in the call log, then by author and id, which distinguish
 * messages of the same time.
 *
 * @param storedAt the time in the call log, Unix milliseconds
 * @param author the author
 * @param id the id that the author chose
 */
public record MessagePosition(long storedAt, UserId author, MessageId id) implements Comparable<MessagePosition> {
    @Override
    public int compareTo(MessagePosition other) {
        int order = Long.compare(storedAt, other.storedAt);
        if (order == 0) {
            order = author.value().compareTo(other.author.value());
        }
        return order != 0 ? order : id.value().compareTo(other.id.value());
    }
}
