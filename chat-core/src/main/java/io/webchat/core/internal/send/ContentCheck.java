package io.webchat.core.internal.send;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageContent;
import org.jspecify.annotations.Nullable;

/** Checks contents against the limits of the configuration. Throws a {@link ChatException} to refuse. */
public final class ContentCheck {
    private final ChatConfig config;

    /** A check by the limits of this configuration. */
    public ContentCheck(ChatConfig config) {
        this.config = config;
    }

    /** Whether a content has the form and the sizes that a message may have. */
    public boolean accepts(MessageContent content) {
        try {
            check(content);
            return true;
        } catch (ChatException refused) {
            return false;
        }
    }

    /** Returns about the bytes of a content in UTF-8. */
    static int size(MessageContent content) {
        return size(content, Utf8.length(content.text()));
    }

    private static int size(MessageContent content, int textBytes) {
        return textBytes + content.length() - content.text().length();
    }

    /** Checks a content, whoever wrote it; returns its {@link #size}. */
    int check(MessageContent content) {
        int bytes = Utf8.length(content.text());
        if (bytes < 0) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text contains half a surrogate pair");
        }
        if (bytes == 0 && content.needsText()) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "Text is empty");
        }
        checkSize("Text", bytes, config.maxTextBytes());
        checkData(content.data());
        return size(content, bytes);
    }

    /** Checks the new content of a message; returns it with the parts that an edit cannot change. */
    MessageContent checkEdit(MessageContent edit, MessageContent before) {
        if (!edit.type().equals(MessageContent.TEXT) && !edit.type().equals(before.type())) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "an edit cannot change Type");
        }
        if (edit.replyTo() != null && !edit.replyTo().equals(before.replyTo())) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "an edit cannot change ReplyTo");
        }
        MessageContent whole =
                edit.toBuilder().type(before.type()).replyTo(before.replyTo()).build();
        check(whole);
        return whole;
    }

    static void checkReaction(String reaction) {
        int bytes = Utf8.length(reaction);
        if (bytes <= 0 || reaction.isBlank() || reaction.chars().anyMatch(Character::isISOControl)) {
            throw new ChatException(
                    ErrorCode.BAD_REQUEST,
                    "Reaction is empty, or contains control characters or half a surrogate pair");
        }
        checkSize("Reaction", bytes, Amendment.MAX_REACTION_BYTES);
    }

    /** Checks the size of data. */
    void checkData(@Nullable Json data) {
        if (data != null) {
            checkSize("Data", data.size(), config.maxDataBytes());
        }
    }

    private static void checkSize(String field, int bytes, int limit) {
        if (bytes > limit) {
            throw new ChatException(ErrorCode.TOO_LARGE, field + " has " + bytes + " bytes, the limit is " + limit);
        }
    }

    /** Refuses a type that only the application's host may send. */
    static void checkNotSystem(String type) {
        if (type.startsWith(MessageContent.SYSTEM_PREFIX)) {
            throw new ChatException(
                    ErrorCode.FORBIDDEN, "a Type that begins with " + MessageContent.SYSTEM_PREFIX + " is the host's");
        }
    }
}
