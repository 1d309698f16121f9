package io.webchat.core.internal.push;

import io.webchat.core.ids.UserId;
import io.webchat.core.internal.backend.MessageKey;

/**
 * A message that waits for a confirmation. Its text stays in the queue.
 *
 * @param user the recipient
 * @param key its author and id
 * @param epoch the number of the queue's epoch in which it was stored
 * @param seq its Seq in that epoch
 * @param due when to check it, in nanoseconds
 * @param attempt the number of the check, from 1
 */
record WaitingMessage(UserId user, MessageKey key, long epoch, long seq, long due, int attempt) {
    /** The same message, to be checked again. */
    WaitingMessage again(long later) {
        return new WaitingMessage(user, key, epoch, seq, later, attempt + 1);
    }
}
