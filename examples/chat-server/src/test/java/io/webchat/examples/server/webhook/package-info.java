/** Tests of the webhook. */
@NullMarked
package io.webchat.examples.server.webhook;

import org.jspecify.annotations.NullMarked;
