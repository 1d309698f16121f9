/** Tests of the engine through the public API, on the in-memory adapters and on wrappers that make them fail. */
@NullMarked
package io.webchat.core.engine;

import org.jspecify.annotations.NullMarked;
