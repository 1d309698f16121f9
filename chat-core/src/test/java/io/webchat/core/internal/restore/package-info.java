/** Tests of the engine's package {@code send}. */
@NullMarked
package io.webchat.core.internal.restore;

import org.jspecify.annotations.NullMarked;
