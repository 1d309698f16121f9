/** Tests of the engine in 1:1 conversations: sending, delivery, sessions, receipts, limits. */
@NullMarked
package io.webchat.core.engine.direct;

import org.jspecify.annotations.NullMarked;
