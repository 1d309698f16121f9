/** Checks the tokens of clients, and limits requests by user and by address. */
@NullMarked
package io.webchat.socketio.internal.auth;

import org.jspecify.annotations.NullMarked;
