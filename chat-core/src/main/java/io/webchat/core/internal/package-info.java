/**
 * The engine: {@code ChatEngine} and the sessions of one node. Not API. The tasks of one session run one after
 * another in its mailbox, so that nothing here needs a lock. No method blocks except {@code ChatEngine.close}.
 */
@NullMarked
package io.webchat.core.internal;

import org.jspecify.annotations.NullMarked;
