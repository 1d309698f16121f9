package io.webchat.core.spi.support;

import io.webchat.core.calllog.MessagePosition;
import java.time.Duration;

/** Messages that the call log gets a while after their {@code StoredAt}, perhaps behind later ones. */
public final class LateMessages {
    /** The longest time from the {@code StoredAt} of a message until the call log has it, unless it is resent. */
    public static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private LateMessages() {}

    /**
     * Returns the position up to which a reader knows all messages. A message that is recorded later is behind it.
     *
     * @param newest the newest message that the reader saw
     */
    public static MessagePosition settledBefore(MessagePosition newest) {
        return MessagePosition.endOf(Math.max(0, newest.storedAt() - MAX_DELAY.toMillis()) - 1);
    }
}
