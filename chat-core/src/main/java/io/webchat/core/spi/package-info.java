/**
 * What a backend implements: {@link io.webchat.core.spi.ChatRouter} reaches a user's sessions on whatever
 * node, {@link io.webchat.core.spi.OfflineQueue} keeps events until they are confirmed, {@link
 * io.webchat.core.spi.CallLogStore} is the durable record. Every I/O method returns a stage, fails through
 * it and never throws; it may complete on any thread, and callers may block none. A failure that a retry
 * may cure is a {@link io.webchat.core.ChatException} of {@code unavailable}; the engine treats any other
 * exception the same way, and gives up waiting after its own time-out. Contract suites in chat-core's
 * test-jar ({@code io.webchat.core.contract}) check each promise.
 */
@NullMarked
package io.webchat.core.spi;

import org.jspecify.annotations.NullMarked;
