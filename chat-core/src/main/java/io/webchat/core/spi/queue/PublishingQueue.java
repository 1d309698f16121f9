package io.webchat.core.spi.queue;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ChatRouter;
import java.util.concurrent.CompletionStage;

/**
 * A queue that can publish an event in the same step that appends it. That saves the router's own command. The engine
 * publishes each new event once, either way.
 */
public interface PublishingQueue extends OfflineQueue {
    /**
     * Whether {@link #appendAndPublish} reaches and counts the subscriptions that were made through this router. Asked
     * once, when a chat is built.
     */
    boolean publishesTo(ChatRouter router);

    /**
     * Appends like {@link #append}, and publishes a new event with its Seq to the user's subscriptions before the stage
     * completes. A duplicate is not published. If the stage fails, the event may be stored and published anyway.
     */
    CompletionStage<Published> appendAndPublish(UserId user, ChatEvent event);

    /**
     * The result of appending and publishing an event.
     *
     * @param appended the event's Seq and time
     * @param receivers the number of subscriptions that it reached, as {@link ChatRouter#publish} counts them; without
     *     meaning for a duplicate
     */
    record Published(Appended appended, int receivers) {}
}
