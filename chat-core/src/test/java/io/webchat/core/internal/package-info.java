/** Tests of the engine's own parts, where the whole engine shows a fault too seldom. */
@NullMarked
package io.webchat.core.internal;

import org.jspecify.annotations.NullMarked;
