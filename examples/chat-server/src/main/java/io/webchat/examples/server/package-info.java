/** The bundled server: webchat in one process, with a sign-in for demonstration and a web client. */
@NullMarked
package io.webchat.examples.server;

import org.jspecify.annotations.NullMarked;
