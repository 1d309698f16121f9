/** The way of an event from a user's queue to one device: emitting, window, confirmations, restore after a loss. */
@NullMarked
package io.webchat.core.internal.delivery;

import org.jspecify.annotations.NullMarked;
