/** Tests of the engine on a queue that lost its data or went back. */
@NullMarked
package io.webchat.core.engine.recovery;

import org.jspecify.annotations.NullMarked;
