package io.webchat.core.events;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.IdForm;
import io.webchat.core.ids.UserId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a message that its author wrote: its type, text, data, files, the message that it answers, and the
 * people whom it mentions. Immutable.
 *
 * <pre>{@code
 * MessageContent card = MessageContent.builder()
 *         .type("shop.order")
 *         .data(Json.parse("{\"order\":17}"))
 *         .build();
 * }</pre>
 *
 * <p>The engine checks its sizes when the message is sent; see {@link ChatConfig}.
 */
public final class MessageContent {
    /** The type of a message whose author gave none. */
    public static final String TEXT = "text";
    /** The begin of the types that only the application's host may send. */
    public static final String SYSTEM_PREFIX = "system.";
    /** The largest number of users whom a message mentions. */
    public static final int MAX_MENTIONS = 50;
    /** The largest number of files that a message names. */
    public static final int MAX_ATTACHMENTS = 10;

    /** About the heap of an id beside its characters: the id, its string and the array of that. */
    private static final int OBJECTS = 72;

    private static final IdForm TYPE = IdForm.lowerCase("Type", "._-", 64);

    private final String type;
    private final String text;
    private final @Nullable Json data;
    private final @Nullable MessageRef replyTo;
    private final List<UserId> mentions;
    private final List<AttachmentRef> attachments;

    private MessageContent(
            String type,
            String text,
            @Nullable Json data,
            @Nullable MessageRef replyTo,
            List<UserId> mentions,
            List<AttachmentRef> attachments) {
        this.type = type;
        this.text = text;
        this.data = data;
        this.replyTo = replyTo;
        this.mentions = mentions;
        this.attachments = attachments;
    }

    static void checkType(String name) {
        TYPE.check(name);
    }

    /** Returns the content that is a text and nothing else. */
    public static MessageContent text(String text) {
        return new MessageContent(TEXT, text, null, null, List.of(), List.of());
    }

    /** Returns a builder of an empty text. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with this content. */
    public Builder toBuilder() {
        return new Builder()
                .type(type)
                .text(text)
                .data(data)
                .replyTo(replyTo)
                .mentions(mentions)
                .attachments(attachments);
    }

    /** The type, {@value #TEXT} or a name of the application's: {@code [a-z0-9][a-z0-9._-]{0,63}}. */
    public String type() {
        return type;
    }

    /** The text; empty if there is none. */
    public String text() {
        return text;
    }

    /** The data of the application; null if there is none. */
    public @Nullable Json data() {
        return data;
    }

    /** The message of the same conversation that this one answers; null if there is none. */
    public @Nullable MessageRef replyTo() {
        return replyTo;
    }

    /** The mentioned users, in the author's order. */
    public List<UserId> mentions() {
        return mentions;
    }

    /** The files, in the author's order. */
    public List<AttachmentRef> attachments() {
        return attachments;
    }

    /** Whether it is a text and nothing else, as in the original protocol. */
    public boolean isPlainText() {
        return type.equals(TEXT) && data == null && replyTo == null && mentions.isEmpty() && attachments.isEmpty();
    }

    /** Whether the text may not be empty: nothing else would be left to show. */
    public boolean needsText() {
        return type.equals(TEXT) && data == null && attachments.isEmpty();
    }

    /** Whether only the application's host may send it, by its type. */
    public boolean isSystem() {
        return type.startsWith(SYSTEM_PREFIX);
    }

    static ChatException tooManyMentions() {
        return new ChatException(ErrorCode.TOO_LARGE, "Mentions has more than " + MAX_MENTIONS + " users, its limit");
    }

    static ChatException tooManyAttachments() {
        return new ChatException(
                ErrorCode.TOO_LARGE, "Attachments has more than " + MAX_ATTACHMENTS + " files, its limit");
    }

    /**
     * About its size, for budgets of memory: the characters of its texts and ids, the bytes of its data, and the
     * objects of all parts but the text.
     */
    public int length() {
        int length = text.length();
        return isPlainText() ? length : length + extraLength();
    }

    private int extraLength() {
        int length = OBJECTS + type.length() + (data == null ? 0 : OBJECTS + data.size());
        if (replyTo != null) {
            length += 2 * OBJECTS
                    + replyTo.from().value().length()
                    + replyTo.id().value().length();
        }
        for (UserId each : mentions) {
            length += OBJECTS + each.value().length();
        }
        for (AttachmentRef each : attachments) {
            length += each.length();
        }
        return length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessageContent that
                && type.equals(that.type)
                && text.equals(that.text)
                && Objects.equals(data, that.data)
                && Objects.equals(replyTo, that.replyTo)
                && mentions.equals(that.mentions)
                && attachments.equals(that.attachments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, text, data, replyTo, mentions, attachments);
    }

    @Override
    public String toString() {
        return "MessageContent[type=" + type + ", text=" + text + ", data=" + data + ", replyTo=" + replyTo
                + ", mentions=" + mentions + ", attachments=" + attachments + "]";
    }

    /** Collects the parts of a content. Not safe for use by several threads. */
    public static final class Builder {
        private String type = TEXT;
        private String text = "";
        private @Nullable Json data;
        private @Nullable MessageRef replyTo;
        private List<UserId> mentions = List.of();
        private List<AttachmentRef> attachments = List.of();

        private Builder() {}

        /**
         * Sets the type.
         *
         * @throws ChatException {@code bad_request} when it does not match {@code [a-z0-9][a-z0-9._-]{0,63}}
         */
        public Builder type(String name) {
            checkType(name);
            type = name;
            return this;
        }

        /** Sets the text; an empty text stands for none. */
        public Builder text(String words) {
            text = Objects.requireNonNull(words, "text");
            return this;
        }

        /** Sets the data; null for none. */
        public Builder data(@Nullable Json object) {
            data = object;
            return this;
        }

        /** Sets the message of the same conversation that this one answers; null for none. */
        public Builder replyTo(@Nullable MessageRef answered) {
            replyTo = answered;
            return this;
        }

        /**
         * Sets the mentioned users, who must be members of the conversation. A user who is named twice counts once.
         *
         * @throws ChatException {@code too_large} for more than {@link #MAX_MENTIONS}
         */
        public Builder mentions(List<UserId> users) {
            if (users.size() > MAX_MENTIONS) {
                throw tooManyMentions();
            }
            mentions = List.copyOf(new LinkedHashSet<>(users));
            return this;
        }

        /** Sets the mentioned users; see {@link #mentions(List)}. */
        public Builder mentions(UserId... users) {
            return mentions(List.of(users));
        }

        /**
         * Sets the files, each of which belongs to this message alone and was uploaded by its author.
         *
         * @throws ChatException {@code too_large} for more than {@link #MAX_ATTACHMENTS}, and {@code bad_request} for a
         *     file that is named twice
         */
        public Builder attachments(List<AttachmentRef> files) {
            if (files.size() > MAX_ATTACHMENTS) {
                throw tooManyAttachments();
            }
            Set<AttachmentId> named = new HashSet<>();
            for (AttachmentRef each : files) {
                if (!named.add(each.id())) {
                    throw new ChatException(ErrorCode.BAD_REQUEST, "Attachments names " + each.id() + " twice");
                }
            }
            attachments = List.copyOf(files);
            return this;
        }

        /** Sets the files; see {@link #attachments(List)}. */
        public Builder attachments(AttachmentRef... files) {
            return attachments(List.of(files));
        }

        /** Builds the content. */
        public MessageContent build() {
            return new MessageContent(type, text, data, replyTo, mentions, attachments);
        }
    }
}
