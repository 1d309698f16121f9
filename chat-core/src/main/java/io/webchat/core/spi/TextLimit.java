package io.webchat.core.spi;

/**
 * A {@link CallLogStore} or {@link OfflineQueue} that takes no message with a longer text than it says. What one of
 * them takes and the other one refuses would be accepted by halves, so a chat that allows longer texts is not built.
 */
public interface TextLimit {
    /** The longest text that is always taken, whatever it consists of, in bytes of UTF-8. The same for ever. */
    int maxTextBytes();
}
