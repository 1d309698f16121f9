/** Tells the application of messages that no device confirmed in time, for push notifications. */
@NullMarked
package io.webchat.core.internal.push;

import org.jspecify.annotations.NullMarked;
