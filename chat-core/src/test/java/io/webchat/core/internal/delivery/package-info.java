/** Tests of the engine's package {@code delivery}. */
@NullMarked
package io.webchat.core.internal.delivery;

import org.jspecify.annotations.NullMarked;
