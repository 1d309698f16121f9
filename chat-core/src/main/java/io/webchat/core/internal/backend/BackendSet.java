package io.webchat.core.internal.backend;

import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.rooms.RoomStore;
import org.jspecify.annotations.Nullable;

/**
 * The implementations of the SPI that one engine uses.
 *
 * @param router publishes to the nodes that hold a user's sessions
 * @param queue stores events until they are confirmed
 * @param log the durable record of conversations
 * @param logComplete whether the log contains the messages of all nodes, so that it can restore a lost queue
 * @param rooms the members of each room
 * @param profiles the profiles of users and their block lists
 * @param attachments the files of messages; null if there are none
 */
public record BackendSet(
        ChatRouter router,
        OfflineQueue queue,
        CallLogStore log,
        boolean logComplete,
        RoomStore rooms,
        ProfileStore profiles,
        @Nullable AttachmentStore attachments) {}
