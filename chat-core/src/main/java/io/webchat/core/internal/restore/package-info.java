/** Puts the messages that a queue has lost back into it, from the call log. */
@NullMarked
package io.webchat.core.internal.restore;

import org.jspecify.annotations.NullMarked;
