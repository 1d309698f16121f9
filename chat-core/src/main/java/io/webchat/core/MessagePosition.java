package io.webchat.core;

/**
 * Where a message stands in its conversation: by the time stored, then by author and id, which tell apart what has the
 * same time.
 *
 * @param storedAt when the call log says that it was stored, Unix milliseconds
 * @param author who wrote it
 * @param id the author's name for it
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
