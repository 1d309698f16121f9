package io.webchat.core.calllog;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;

/**
 * The beginning of a message that another one answers, as it is shown beside the answer.
 *
 * @param message the quoted message
 * @param type its type; see {@link MessageContent#type}
 * @param text its first {@value #MAX_CHARS} characters; empty if it has no text, or was deleted
 */
public record Quote(MessageRef message, String type, String text) {
    /** The largest number of characters of the text. */
    public static final int MAX_CHARS = 200;

    /** Returns the quote of this message. */
    public static Quote of(ChatEvent.Message message) {
        return new Quote(MessageRef.to(message), message.content().type(), beginning(message.text()));
    }

    private static String beginning(String text) {
        if (text.length() <= MAX_CHARS) {
            return text;
        }
        // Half a surrogate pair cannot be written as UTF-8.
        boolean splits = Character.isHighSurrogate(text.charAt(MAX_CHARS - 1));
        return text.substring(0, splits ? MAX_CHARS - 1 : MAX_CHARS);
    }
}
