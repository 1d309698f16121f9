/**
 * The interfaces that a backend implements. {@link io.webchat.core.spi.ChatRouter} publishes to a user's sessions on
 * all nodes. {@link io.webchat.core.spi.queue.OfflineQueue} stores events until they are confirmed. {@link
 * io.webchat.core.spi.calllog.CallLogStore} is the durable record of conversations. {@link
 * io.webchat.core.spi.rooms.RoomStore} and {@link io.webchat.core.spi.ProfileStore} hold rooms, profiles and blocks.
 *
 * <p>Every I/O method returns a stage. It fails through the stage and never throws. A stage may complete on any thread,
 * and callers must not block that thread. A failure that a retry may cure is a {@link io.webchat.core.ChatException}
 * with {@code unavailable}. The engine treats any other exception in the same way, and stops waiting after its own
 * time-out. Contract suites in chat-core's test-jar ({@code io.webchat.core.contract}) check each promise.
 */
@NullMarked
package io.webchat.core.spi;

import org.jspecify.annotations.NullMarked;
