/**
 * The in-memory adapters: complete, bounded and safe for many threads. A host without infrastructure runs
 * on them in production, with one limit: they live in one process, and a restart forgets everything. {@link
 * io.webchat.core.Chat#builder()} starts from them.
 */
@NullMarked
package io.webchat.core.memory;

import org.jspecify.annotations.NullMarked;
