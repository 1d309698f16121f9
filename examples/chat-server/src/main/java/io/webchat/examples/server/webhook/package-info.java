/** Tells another application over HTTP what has happened in the chat. */
@NullMarked
package io.webchat.examples.server.webhook;

import org.jspecify.annotations.NullMarked;
