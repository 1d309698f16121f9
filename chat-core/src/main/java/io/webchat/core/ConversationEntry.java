package io.webchat.core;

/**
 * A conversation as one of its users sees it in their list.
 *
 * @param id the conversation
 * @param last its latest message
 */
public record ConversationEntry(ConversationId id, LoggedMessage last) {}
