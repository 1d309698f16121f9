/**
 * The in-memory adapters: complete, bounded and thread-safe. A host without infrastructure can use them in production,
 * with one limit: they live in one process, and a restart loses all data. {@link io.webchat.core.Chat#builder()} starts
 * with them.
 */
@NullMarked
package io.webchat.core.memory;

import org.jspecify.annotations.NullMarked;
