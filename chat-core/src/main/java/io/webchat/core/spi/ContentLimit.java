package io.webchat.core.spi;

import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;

/**
 * A {@link CallLogStore} or {@link OfflineQueue} that refuses contents above a limit. A message that one of them
 * accepts and the other refuses would be half accepted. So a chat whose configuration allows more is not built. A
 * message within both limits is always accepted, whatever its characters, with all fields that a message may have.
 */
public interface ContentLimit {
    /** The longest text, in bytes of UTF-8. The value never changes. */
    int maxTextBytes();

    /** The largest {@code Data}, in bytes of UTF-8. The value never changes. */
    int maxDataBytes();
}
