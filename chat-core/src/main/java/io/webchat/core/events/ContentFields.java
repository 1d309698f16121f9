package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link MessageContent} on the wire, beside Text: Type, Data, ReplyTo, Mentions and Attachments. */
final class ContentFields {
    private @Nullable String type;
    private @Nullable Json data;
    private @Nullable MessageRef replyTo;
    private List<UserId> mentions = List.of();
    private List<AttachmentRef> attachments = List.of();

    /**
     * Reads the value of one of these fields, at which the parser stands.
     *
     * @param json the bytes that the parser reads
     * @param unknown is told each name inside the value that is unknown
     */
    void read(String name, JsonParser parser, byte[] json, Consumer<String> unknown) throws IOException {
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        switch (name) {
            case "Type" -> type = WireFields.string(name, parser);
            case "Data" -> data = isNull ? null : Json.read(name, parser, json);
            case "ReplyTo" -> replyTo = isNull ? null : reference(name, parser, unknown);
            case "Mentions" -> mentions = isNull ? List.of() : users(name, parser);
            case AttachmentFields.NAME -> attachments = isNull ? List.of() : AttachmentFields.read(parser, unknown);
            default -> throw new IllegalArgumentException(name + " is no field of a content");
        }
    }

    /** Reads the name of a message: an object with From and MsgID. */
    static MessageRef reference(String name, JsonParser parser, Consumer<String> unknown) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw WireFields.bad(name + " must be an object with From and MsgID");
        }
        String from = null;
        String id = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "From" -> from = once(name + ".From", from, parser);
                case "MsgID" -> id = once(name + ".MsgID", id, parser);
                default -> {
                    unknown.accept(name + "." + field);
                    parser.skipChildren();
                }
            }
        }
        String author = WireFields.required(name + ".From", from);
        String named = WireFields.required(name + ".MsgID", id);
        return new MessageRef(
                inField(name + ".From", () -> UserId.of(author)), inField(name + ".MsgID", () -> MessageId.of(named)));
    }

    private static @Nullable String once(String name, @Nullable String before, JsonParser parser) throws IOException {
        if (before != null) {
            throw WireFields.bad(name + " is given twice");
        }
        return WireFields.string(name, parser);
    }

    /** Returns a value; a refusal names its field. */
    static <T> T inField(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (ChatException e) {
            throw new ChatException(e.code(), name + ": " + e.detail(), e);
        }
    }

    private static List<UserId> users(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw WireFields.bad(name + " must be a list of user ids");
        }
        List<UserId> users = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw WireFields.bad(name + " must be a list of user ids");
            }
            if (users.size() == MessageContent.MAX_MENTIONS) {
                throw MessageContent.tooManyMentions();
            }
            String user = parser.getText();
            users.add(inField(name, () -> UserId.of(user)));
        }
        return users;
    }

    /** Returns the content with these fields and a text. */
    MessageContent with(String text) {
        return MessageContent.builder()
                .type(type == null ? MessageContent.TEXT : type)
                .text(text)
                .data(data)
                .replyTo(replyTo)
                .mentions(mentions)
                .attachments(attachments)
                .build();
    }

    String requiredType() {
        return WireFields.required("Type", type);
    }

    @Nullable
    Json data() {
        return data;
    }

    /**
     * Writes a content. The text is always there, empty if there is none, because clients of the original protocol
     * show it.
     */
    static void write(JsonGenerator json, MessageContent content) throws IOException {
        if (!content.type().equals(MessageContent.TEXT)) {
            json.writeStringField("Type", content.type());
        }
        json.writeStringField("Text", content.text());
        write(json, content.data());
        MessageRef replyTo = content.replyTo();
        if (replyTo != null) {
            json.writeFieldName("ReplyTo");
            write(json, replyTo);
        }
        if (!content.mentions().isEmpty()) {
            json.writeArrayFieldStart("Mentions");
            for (UserId each : content.mentions()) {
                json.writeString(each.value());
            }
            json.writeEndArray();
        }
        AttachmentFields.write(json, content.attachments());
    }

    /** Writes the application's data, if there is some. */
    static void write(JsonGenerator json, @Nullable Json data) throws IOException {
        if (data != null) {
            json.writeFieldName("Data");
            json.writeRawValue(data.toString());
        }
    }

    /** Writes the name of a message. */
    static void write(JsonGenerator json, MessageRef message) throws IOException {
        json.writeStartObject();
        json.writeStringField("From", message.from().value());
        json.writeStringField("MsgID", message.id().value());
        json.writeEndObject();
    }
}
