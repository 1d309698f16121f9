package io.webchat.examples.server.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.webchat.core.OfflineMessage;
import io.webchat.core.events.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text that a push carries: JSON for the page's service worker, in at most 4 KB together with the encryption.
 * Spaces behind it round its length, so that the length tells a push service little.
 */
final class PushText {
    private static final int TITLE = 100;
    private static final int BODY = 200;
    private static final int BLOCK = 256;

    private PushText() {}

    /** The conversation of a message as its recipient's page names it. */
    static String conversation(ChatEvent.Message message) {
        return message.room() == null
                ? "user:" + message.from().value()
                : "room:" + message.room().value();
    }

    static byte[] of(OfflineMessage missed, PushSubscription subscription) {
        ChatEvent.Message message = missed.message();
        byte[] json = JsonNodeFactory.instance
                .objectNode()
                .put("user", missed.user().value())
                .put("conversation", conversation(message))
                .put("id", message.from().value() + " " + message.id().value())
                .put("title", start(missed.title(), TITLE))
                .put("body", body(message, subscription))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + BLOCK - 1) / BLOCK * BLOCK);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static String body(ChatEvent.Message message, PushSubscription subscription) {
        String text = message.text();
        if (!subscription.showsText() || text.isBlank()) {
            return subscription.notice();
        }
        String start = start(text, BODY);
        return message.room() == null ? start : message.from().value() + ": " + start;
    }

    /** The start of a text, in whole characters. */
    private static String start(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length)) + "…";
    }
}
