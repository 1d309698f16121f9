/**
 * The REST API under {@code /v1}, and what orchestrators and Prometheus ask for. Written against {@code
 * io.webchat.socketio.http}: it knows the chat, and nothing of the sockets.
 */
@NullMarked
package io.webchat.socketio.rest;

import org.jspecify.annotations.NullMarked;
