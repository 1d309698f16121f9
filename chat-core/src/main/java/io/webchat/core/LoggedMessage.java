package io.webchat.core;

/**
 * A message as the call log has it.
 *
 * @param message the message
 * @param storedAt when the server stored it, Unix milliseconds
 * @param status how far it has come
 */
public record LoggedMessage(ChatEvent.Message message, long storedAt, MessageStatus status) {}
