package io.webchat.core.spi;

import io.webchat.core.ChatEvent;
import io.webchat.core.UserId;
import java.util.concurrent.CompletionStage;

/**
 * The ability of a queue to publish an event in the very step that appends it, which saves the router's own command. An
 * engine that uses it publishes what is new once, as it would have through the router.
 */
public interface PublishingQueue extends OfflineQueue {
    /**
     * Whether {@link #appendAndPublish} reaches, and counts, the subscriptions that were made through this router.
     * Asked once, when a chat is built.
     */
    boolean publishesTo(ChatRouter router);

    /**
     * As {@link #append}; what is new is published to the user's subscribers with its Seq before the stage completes. A
     * duplicate is not published. Where the stage fails, the event may have been stored and published all the same.
     */
    CompletionStage<Published> appendAndPublish(UserId user, ChatEvent event);

    /**
     * What became of an event.
     *
     * @param appended its place
     * @param receivers how many subscriptions it reached, as {@link ChatRouter#publish} counts them; of no meaning
     *     for a duplicate
     */
    record Published(Appended appended, int receivers) {}
}
