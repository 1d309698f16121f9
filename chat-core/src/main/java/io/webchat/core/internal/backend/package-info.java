/** Calls from the engine to the implementations of the SPI, with a time-out and one kind of failure. */
@NullMarked
package io.webchat.core.internal.backend;

import org.jspecify.annotations.NullMarked;
