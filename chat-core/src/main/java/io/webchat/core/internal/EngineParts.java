package io.webchat.core.internal;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.core.OfflineListener;
import io.webchat.core.spi.CallLogStore;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.OfflineQueue;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.RoomStore;

/**
 * What an engine is assembled from.
 *
 * @param router reaches the nodes of a user's sessions
 * @param queue keeps events until they are confirmed
 * @param log the record of conversations
 * @param logComplete whether the log has what every node of the chat has recorded, and may fill gaps of the queue
 * @param rooms who is in which room
 * @param profiles what users tell about themselves, and whom they block
 * @param config the limits
 * @param observer hears what the engine does
 * @param offlineListener hears of messages that reached nobody
 */
public record EngineParts(
        ChatRouter router,
        OfflineQueue queue,
        CallLogStore log,
        boolean logComplete,
        RoomStore rooms,
        ProfileStore profiles,
        ChatConfig config,
        ChatObserver observer,
        OfflineListener offlineListener) {}
