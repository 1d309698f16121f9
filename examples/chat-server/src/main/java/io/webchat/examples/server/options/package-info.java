/** The options of the command line, and the check of their values. */
@NullMarked
package io.webchat.examples.server.options;

import org.jspecify.annotations.NullMarked;
