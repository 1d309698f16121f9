package io.webchat.core;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link MessageContent} on the wire: Type, Text, Data, ReplyTo and Mentions. */
final class ContentFields {
    /** The fields beside the text; made only for a content that has one of them. */
    private MessageContent.@Nullable Builder more;

    private @Nullable String text;

    /**
     * Reads the value of one of these fields, at which the parser stands.
     *
     * @param json the bytes that the parser reads
     */
    void read(String name, JsonParser parser, byte[] json) throws IOException {
        if (name.equals("Text")) {
            text = WireFields.string(name, parser);
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            MessageContent.Builder builder = more == null ? MessageContent.builder() : more;
            more = builder;
            switch (name) {
                case "Type" -> builder.type(WireFields.required(name, WireFields.string(name, parser)));
                case "Data" -> builder.data(Json.read(name, parser, json));
                case "ReplyTo" -> builder.replyTo(reference(name, parser));
                case "Mentions" -> builder.mentions(users(name, parser));
                default -> throw new IllegalArgumentException(name + " is no field of a content");
            }
        }
    }

    /** Reads the name of a message: an object with From and MsgID. */
    static MessageRef reference(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw WireFields.bad(name + " must be an object with From and MsgID");
        }
        String from = null;
        String id = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "From" -> from = WireFields.string(name + ".From", parser);
                case "MsgID" -> id = WireFields.string(name + ".MsgID", parser);
                default -> throw WireFields.unknownField(name + "." + field);
            }
        }
        return new MessageRef(
                UserId.of(WireFields.required(name + ".From", from)),
                MessageId.of(WireFields.required(name + ".MsgID", id)));
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
            users.add(UserId.of(parser.getText()));
        }
        return users;
    }

    /** Returns the content that another node wrote. */
    MessageContent content() {
        String words = WireFields.required("Text", text);
        return more == null ? MessageContent.text(words) : more.text(words).build();
    }

    /** Returns the content that a client sent, whose text may be absent beside data or another type. */
    MessageContent clientContent() {
        MessageContent.Builder builder = more;
        if (builder == null) {
            return content();
        }
        MessageContent content = builder.text(text == null ? "" : text).build();
        if (text == null && content.needsText()) {
            throw WireFields.bad("Text is missing");
        }
        return content;
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
        Json data = content.data();
        if (data != null) {
            json.writeFieldName("Data");
            json.writeRawValue(data.toString());
        }
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
    }

    /** Writes the name of a message. */
    static void write(JsonGenerator json, MessageRef message) throws IOException {
        json.writeStartObject();
        json.writeStringField("From", message.from().value());
        json.writeStringField("MsgID", message.id().value());
        json.writeEndObject();
    }
}
