/** Tells the application what has happened: in order, off the event loops, within a bound. */
@NullMarked
package io.webchat.core.internal.events;

import org.jspecify.annotations.NullMarked;
