/** The log on the console: one event is one line, whatever strangers put into it. */
@NullMarked
package io.webchat.examples.server.logging;

import org.jspecify.annotations.NullMarked;
