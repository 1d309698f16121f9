/**
 * The public API of webchat: {@link io.webchat.core.Chat} is the way in, {@link io.webchat.core.ChatSession} is one
 * device of one user, {@link io.webchat.core.ChatEvent} is what travels. {@link io.webchat.core.CallLogs}, {@link
 * io.webchat.core.Rooms} and {@link io.webchat.core.Profiles} are what a user reads and changes besides. A host hands
 * in an {@link io.webchat.core.OfflineListener} for push notifications and a {@link io.webchat.core.ChatObserver} for
 * metrics. Nothing here blocks, {@code Chat.close} apart, and nothing is ever null unless it says so.
 */
@NullMarked
package io.webchat.core;

import org.jspecify.annotations.NullMarked;
