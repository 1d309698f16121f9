/** Tests of the engine's package {@code send}. */
@NullMarked
package io.webchat.core.internal.send;

import org.jspecify.annotations.NullMarked;
