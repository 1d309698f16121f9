/**
 * The operations of the REST API, from the bearer token to the JSON of the response.
 *
 * <p>{@code RestDispatcher} finds the endpoint of a request and runs it for the user of the token.
 */
@NullMarked
package io.webchat.socketio.internal.rest;

import org.jspecify.annotations.NullMarked;
