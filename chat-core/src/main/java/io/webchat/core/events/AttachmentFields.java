package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ids.AttachmentId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The field Attachments on the wire: a list of objects, one for each file. */
final class AttachmentFields {
    static final String NAME = "Attachments";

    private final Set<String> seen = new HashSet<>();
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String type;
    private long bytes;
    private int width;
    private int height;

    private AttachmentFields() {}

    /**
     * Reads the list at which the parser stands.
     *
     * @param unknown is told each name inside the list that is unknown
     */
    static List<AttachmentRef> read(JsonParser parser, Consumer<String> unknown) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw notAList();
        }
        List<AttachmentRef> files = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw notAList();
            }
            if (files.size() == MessageContent.MAX_ATTACHMENTS) {
                throw MessageContent.tooManyAttachments();
            }
            files.add(new AttachmentFields().readFile(parser, unknown));
        }
        return files;
    }

    private static RuntimeException notAList() {
        return WireFields.bad(NAME + " must be a list of objects with id");
    }

    private AttachmentRef readFile(JsonParser parser, Consumer<String> unknown) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (!seen.add(field)) {
                throw WireFields.bad(WireFields.shown(NAME + "." + field) + " is given twice");
            }
            if (!set(field, NAME + "." + field, parser)) {
                unknown.accept(NAME + "." + field);
                parser.skipChildren();
            }
        }
        String named = WireFields.required(NAME + ".id", id);
        return new AttachmentRef(
                ContentFields.inField(NAME + ".id", () -> AttachmentId.of(named)),
                name == null ? "" : name,
                type == null ? "" : type,
                bytes,
                width,
                height);
    }

    /** Reads the value of a field; returns false if there is no field of this name. */
    private boolean set(String field, String path, JsonParser parser) throws IOException {
        switch (field) {
            case "id" -> id = WireFields.string(path, parser);
            case "name" -> name = WireFields.string(path, parser);
            case "type" -> type = WireFields.string(path, parser);
            case "bytes" -> bytes = WireFields.integer(path, parser);
            case "width" -> width = pixels(field, parser);
            case "height" -> height = pixels(field, parser);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int pixels(String field, JsonParser parser) throws IOException {
        long pixels = WireFields.integer(NAME + "." + field, parser);
        if (pixels < 1 || pixels > AttachmentRef.MAX_PIXELS) {
            throw AttachmentRef.badPixels(field);
        }
        return (int) pixels;
    }

    /** Writes the files of a message, if it has some. */
    static void write(JsonGenerator json, List<AttachmentRef> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(NAME);
        for (AttachmentRef each : files) {
            write(json, each);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, AttachmentRef file) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", file.id().value());
        if (!file.name().isEmpty()) {
            json.writeStringField("name", file.name());
        }
        if (!file.type().isEmpty()) {
            json.writeStringField("type", file.type());
            json.writeNumberField("bytes", file.bytes());
        }
        if (file.width() > 0) {
            json.writeNumberField("width", file.width());
        }
        if (file.height() > 0) {
            json.writeNumberField("height", file.height());
        }
        json.writeEndObject();
    }
}
