/** Tests of the engine's package {@code services}. */
@NullMarked
package io.webchat.core.internal.services;

import org.jspecify.annotations.NullMarked;
