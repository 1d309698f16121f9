/**
 * The REST API under {@code /v1}, and the health probes and metrics for orchestrators and Prometheus.
 *
 * <p>Both are written against {@code io.webchat.socketio.http}. They know the chat, and nothing of the sockets.
 */
@NullMarked
package io.webchat.socketio.rest;

import org.jspecify.annotations.NullMarked;
