/** Tests of the watch for messages that no device confirms. */
@NullMarked
package io.webchat.core.internal.push;

import org.jspecify.annotations.NullMarked;
