/** Tests of the engine's package {@code async}. */
@NullMarked
package io.webchat.core.internal.async;

import org.jspecify.annotations.NullMarked;
