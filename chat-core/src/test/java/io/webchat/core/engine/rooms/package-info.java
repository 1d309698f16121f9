/** Tests of the engine in rooms. */
@NullMarked
package io.webchat.core.engine.rooms;

import org.jspecify.annotations.NullMarked;
