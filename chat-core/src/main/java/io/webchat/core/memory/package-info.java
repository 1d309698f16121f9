/**
 * The in-memory adapters: complete, bounded and safe for many threads. A host without infrastructure runs
 * on them in production, with one limit: they live in one process, and a restart forgets everything.
 */
@NullMarked
package io.webchat.core.memory;

import org.jspecify.annotations.NullMarked;
