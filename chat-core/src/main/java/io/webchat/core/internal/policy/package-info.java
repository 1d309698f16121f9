/** Asks the application: its message policies and its contact policy, off the event loops and within a time-out. */
@NullMarked
package io.webchat.core.internal.policy;

import org.jspecify.annotations.NullMarked;
