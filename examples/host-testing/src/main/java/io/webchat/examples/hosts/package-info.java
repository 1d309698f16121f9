/** The counterparts of a host in its tests: a client of the chat, and the gateway of its push notifications. */
@NullMarked
package io.webchat.examples.hosts;

import org.jspecify.annotations.NullMarked;
