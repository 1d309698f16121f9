/**
 * An application that existed before its chat: it has users, a web framework and push notifications of its own, and
 * embeds webchat. {@code EmbeddedHost} is all that ties them together.
 */
@NullMarked
package io.webchat.examples.embedded;

import org.jspecify.annotations.NullMarked;
