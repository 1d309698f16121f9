/** The way of an event from its sender to the queues: rate limits, permissions, append, call log, publish. */
@NullMarked
package io.webchat.core.internal.send;

import org.jspecify.annotations.NullMarked;
