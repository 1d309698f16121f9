/** What the application around the chat may do itself. */
@NullMarked
package io.webchat.core.internal.host;

import org.jspecify.annotations.NullMarked;
