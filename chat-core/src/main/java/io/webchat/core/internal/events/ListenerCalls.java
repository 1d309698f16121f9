package io.webchat.core.internal.events;

import io.webchat.core.ChatListener;
import io.webchat.core.ChatObserver;
import io.webchat.core.internal.async.BoundedExecutor;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the listener on a thread of its own, one call after another. Calls beyond the bound are dropped. */
final class ListenerCalls {
    private static final Logger log = LoggerFactory.getLogger(ListenerCalls.class);
    private static final long MAX_BYTES = 16L << 20;
    /** The bytes of an event besides its text, about. */
    private static final int EVENT_BYTES = 512;

    private final LogThrottle warnings = new LogThrottle();
    private final ChatListener listener;
    private final ChatObserver observer;
    private final BoundedExecutor thread =
            new BoundedExecutor("webchat-listener", 1, ChatListener.MAX_WAITING, MAX_BYTES);

    ListenerCalls(ChatListener listener, ChatObserver observer) {
        this.listener = listener;
        this.observer = observer;
    }

    /** Calls the listener soon, after all earlier calls. */
    void add(int textBytes, Consumer<ChatListener> call) {
        if (!thread.execute(EVENT_BYTES + (long) textBytes, () -> call.accept(listener))) {
            observer.listenerDropped();
            if (warnings.permits()) {
                log.warn("the chat listener is too slow: events are dropped; others are not logged for 10 seconds");
            }
        }
    }

    /** Takes no more calls, and waits for the others. */
    void close(Duration grace) {
        thread.close(grace);
    }
}
