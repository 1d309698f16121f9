package io.webchat.core.memory;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;

/** The number of bytes that an event counts in its queue: its content in UTF-8, and a fixed number for the rest. */
final class EventSize {
    /** About the ids and the other fields of an event. */
    private static final int REST = 256;

    private EventSize() {}

    static long of(ChatEvent event) {
        if (event instanceof ChatEvent.Message message) {
            return REST + bytes(message.content());
        }
        return event instanceof Amendment amendment && amendment.change() instanceof Amendment.Edit edit
                ? REST + bytes(edit.content())
                : REST;
    }

    private static long bytes(MessageContent content) {
        String text = content.text();
        return utf8(text) + content.length() - text.length();
    }

    private static long utf8(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts half of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
