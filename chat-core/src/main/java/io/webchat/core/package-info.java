/**
 * The public API of webchat: {@link io.webchat.core.Chat} is the way in, {@link
 * io.webchat.core.ChatSession} is one device of one user, {@link io.webchat.core.ChatEvent} is what
 * travels. Nothing here blocks, and nothing is ever null unless it says so.
 */
@NullMarked
package io.webchat.core;

import org.jspecify.annotations.NullMarked;
