/** Gives a node's process another time than this machine's. */
@NullMarked
package io.webchat.examples.server.clock;

import org.jspecify.annotations.NullMarked;
