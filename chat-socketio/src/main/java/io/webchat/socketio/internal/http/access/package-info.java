/**
 * The rules about the sender and the target of a request: hosts, origins, proxies and the base path.
 *
 * <p>{@code AccessPolicy} holds all of them. They do not know the pipeline.
 */
@NullMarked
package io.webchat.socketio.internal.http.access;

import org.jspecify.annotations.NullMarked;
