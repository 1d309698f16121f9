/**
 * The engine: send pipeline, delivery to sessions, windows, resume. Not API. Work on one session runs
 * serially in its {@link io.webchat.core.internal.Mailbox}, so that nothing here needs a lock; no method
 * blocks, {@code ChatEngine.close} apart.
 */
@NullMarked
package io.webchat.core.internal;

import org.jspecify.annotations.NullMarked;
