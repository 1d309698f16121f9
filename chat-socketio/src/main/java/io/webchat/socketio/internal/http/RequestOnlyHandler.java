package io.webchat.socketio.internal.http;

/**
 * Marks a pipeline handler that only HTTP requests need. {@link HttpPipelining} removes it after a websocket upgrade.
 */
public interface RequestOnlyHandler {}
