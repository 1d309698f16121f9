package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.webchat.core.ids.UserId;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an {@link Amendment} on the wire, besides its content: About, Reaction, Remove and ByHost; and those of
 * a deleted message: DeletedAt and DeletedBy.
 */
final class AmendmentFields {
    private @Nullable MessageRef about;
    private @Nullable String reaction;
    private @Nullable Boolean remove;
    private boolean byHost;
    private long deletedAt;
    private @Nullable String deletedBy;
    /** The first of the fields that is no part of a message from a client. */
    private @Nullable String first;

    /**
     * Reads the value of one of these fields, at which the parser stands.
     *
     * @param unknown is told each name inside the value that is unknown
     */
    void read(String name, JsonParser parser, Consumer<String> unknown) throws IOException {
        first = first == null ? name : first;
        switch (name) {
            case "About" -> about = ContentFields.reference(name, parser, unknown);
            case "Reaction" -> reaction = WireFields.string(name, parser);
            case "Remove" -> remove = bool(name, parser);
            case "ByHost" -> byHost = bool(name, parser);
            case "DeletedAt" -> deletedAt = WireFields.integer(name, parser);
            case "DeletedBy" -> deletedBy = WireFields.string(name, parser);
            default -> throw new IllegalArgumentException(name + " is no field of an amendment");
        }
    }

    private static boolean bool(String name, JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw WireFields.bad(name + " must be true or false");
        };
    }

    /** The message that the amendment is about. */
    MessageRef about() {
        if (about == null) {
            throw WireFields.bad("About is missing");
        }
        return about;
    }

    /** Returns the change that another node wrote. */
    Amendment.Change change(EventKind kind, Supplier<MessageContent> content) {
        return switch (kind) {
            case EDIT -> new Amendment.Edit(content.get());
            case REACT -> new Amendment.React(WireFields.required("Reaction", reaction), isRemoved());
            default -> new Amendment.Delete(byHost ? Amendment.Authority.HOST : Amendment.Authority.USER);
        };
    }

    /**
     * Returns the change that a client sent.
     *
     * @param field the first field of a content that is there; null if there is none
     */
    Amendment.Change clientChange(EventKind kind, Supplier<MessageContent> content, @Nullable String field) {
        return switch (kind) {
            case EDIT -> {
                refuse("an edit", reactionField());
                yield new Amendment.Edit(content.get());
            }
            case REACT -> {
                refuse("a reaction", field);
                yield new Amendment.React(WireFields.required("Reaction", reaction), isRemoved());
            }
            default -> {
                refuse("a deletion", reactionField() == null ? field : reactionField());
                yield new Amendment.Delete(Amendment.Authority.USER);
            }
        };
    }

    private boolean isRemoved() {
        return Boolean.TRUE.equals(remove);
    }

    private @Nullable String reactionField() {
        if (reaction != null) {
            return "Reaction";
        }
        return remove == null ? null : "Remove";
    }

    private static void refuse(String what, @Nullable String field) {
        if (field != null) {
            throw WireFields.bad(what + " has no field " + field);
        }
    }

    /** The end of a deleted message; null for any other. */
    @Nullable
    Deletion deletion() {
        return deletedAt == 0 ? null : new Deletion(deletedAt, deletedBy == null ? null : UserId.of(deletedBy));
    }

    /** The first of these fields; null if there is none. */
    @Nullable
    String first() {
        return first;
    }

    /** The message comes before the content, so that a search finds it first. */
    static void write(JsonGenerator json, Amendment amendment) throws IOException {
        json.writeFieldName("About");
        ContentFields.write(json, amendment.about());
        Amendment.Change change = amendment.change();
        if (change instanceof Amendment.Edit edit) {
            ContentFields.write(json, edit.content());
        } else if (change instanceof Amendment.React react) {
            json.writeStringField("Reaction", react.reaction());
            if (react.remove()) {
                json.writeBooleanField("Remove", true);
            }
        } else if (change instanceof Amendment.Delete delete && delete.authority() == Amendment.Authority.HOST) {
            json.writeBooleanField("ByHost", true);
        }
    }

    static void write(JsonGenerator json, @Nullable Deletion deletion) throws IOException {
        if (deletion != null) {
            json.writeNumberField("DeletedAt", deletion.at());
            UserId by = deletion.by();
            if (by != null) {
                json.writeStringField("DeletedBy", by.value());
            }
        }
    }
}
