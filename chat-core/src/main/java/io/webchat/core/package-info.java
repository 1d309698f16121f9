/**
 * The public API of webchat. {@link io.webchat.core.Chat} is the entry point, and a {@link io.webchat.core.ChatSession}
 * is the session of one device. A {@link io.webchat.core.events.ChatEvent} is a message, an amendment, a receipt or a signal. {@link
 * io.webchat.core.calllog.CallLogs}, {@link io.webchat.core.rooms.Rooms}, {@link io.webchat.core.Profiles} and {@link
 * io.webchat.core.Presence} are the other services for users. A host may add an {@link io.webchat.core.OfflineListener}
 * for push notifications and a {@link io.webchat.core.ChatObserver} for metrics. No method blocks except {@code
 * Chat.close}. No value is null unless its type says so.
 */
@NullMarked
package io.webchat.core;

import org.jspecify.annotations.NullMarked;
