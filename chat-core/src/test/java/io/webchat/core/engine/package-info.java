/**
 * Tests of the engine through the public API, on wrappers that make any backend fail. They run on the in-memory
 * adapters, and on any other by extending them with other {@link io.webchat.core.engine.EngineBackends}.
 */
@NullMarked
package io.webchat.core.engine;

import org.jspecify.annotations.NullMarked;
