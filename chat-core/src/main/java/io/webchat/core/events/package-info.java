/**
 * The events that travel between users, and their JSON form. A {@link io.webchat.core.events.ChatEvent} is a message,
 * an amendment, a receipt, a signal or a notice. An {@link io.webchat.core.events.Envelope} is an event at its position
 * in a user's queue. {@link io.webchat.core.events.EventCodec} reads and writes events.
 */
@NullMarked
package io.webchat.core.events;

import org.jspecify.annotations.NullMarked;
