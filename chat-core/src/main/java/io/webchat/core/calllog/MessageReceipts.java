package io.webchat.core.calllog;

import io.webchat.core.ids.UserId;
import java.util.List;

/**
 * Who has got and who has seen a message: {@link CallLogs#receipts}.
 *
 * @param readers the users who may read it, ordered by their ids, without its author
 */
public record MessageReceipts(List<Reader> readers) {
    /** Copies the list. */
    public MessageReceipts {
        readers = List.copyOf(readers);
    }

    /**
     * One of the readers.
     *
     * @param user the user
     * @param status {@code SENT} if none of the user's devices has it, {@code DELIVERED}, or {@code DISPLAYED}
     */
    public record Reader(UserId user, MessageStatus status) {}
}
