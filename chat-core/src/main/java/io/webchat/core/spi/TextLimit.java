package io.webchat.core.spi;

/**
 * A {@link CallLogStore} or {@link OfflineQueue} that refuses texts above a limit. A message that one of them accepts
 * and the other refuses would be half accepted. So a chat whose configuration allows longer texts is not built.
 */
public interface TextLimit {
    /**
     * The longest text that is always accepted, whatever its characters, in bytes of UTF-8. The value never changes.
     */
    int maxTextBytes();
}
