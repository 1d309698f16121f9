/** The routes of the server: sign-in with tokens, users and metrics. */
@NullMarked
package io.webchat.examples.server.http;

import org.jspecify.annotations.NullMarked;
