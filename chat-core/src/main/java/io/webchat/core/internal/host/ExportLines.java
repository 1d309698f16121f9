package io.webchat.core.internal.host;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.webchat.core.Profile;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.rooms.RoomConsent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of an export: JSON objects, whose field {@code kind} tells the other fields. */
final class ExportLines {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of one line. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private ExportLines() {}

    private static String line(String kind, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind);
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    static String user(UserId user) {
        return line("user", json -> json.writeStringField("user", user.value()));
    }

    static String lastSeen(long at) {
        return line("lastSeen", json -> json.writeNumberField("at", at));
    }

    static String profile(Profile profile) {
        return line("profile", json -> {
            json.writeStringField("name", profile.name());
            json.writeObjectFieldStart("attributes");
            for (Map.Entry<String, String> each : profile.attributes().entrySet()) {
                json.writeStringField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
        });
    }

    static String block(UserId blocked) {
        return line("block", json -> json.writeStringField("user", blocked.value()));
    }

    static String additionPolicy(AdditionPolicy policy) {
        return line("additionPolicy", json -> json.writeStringField("policy", lower(policy)));
    }

    static String consent(RoomConsent consent) {
        return line("consent", json -> {
            json.writeStringField("room", consent.room().value());
            json.writeStringField("state", lower(consent.state()));
            json.writeStringField("name", consent.name());
            json.writeStringField("by", consent.by().value());
            json.writeNumberField("at", consent.at());
        });
    }

    static String attachment(StoredAttachment file) {
        return line("attachment", json -> {
            json.writeStringField("id", file.id().value());
            json.writeStringField("name", file.name());
            json.writeStringField("type", file.type());
            json.writeNumberField("bytes", file.bytes());
            json.writeNumberField("createdAt", file.createdAt());
        });
    }

    static String room(Membership membership) {
        return line("room", json -> {
            json.writeStringField("room", membership.room().value());
            json.writeStringField("name", membership.name());
            json.writeStringField("role", lower(membership.role()));
            json.writeNumberField("joinedAt", membership.joinedAt());
            json.writeStringField("addedBy", membership.addedBy().value());
        });
    }

    static String conversation(ConversationEntry entry) {
        return line("conversation", json -> {
            json.writeStringField("conversation", entry.id().value());
            json.writeNumberField("unread", entry.unread());
            writePosition(json, "deliveredUpTo", entry.received().delivered());
            writePosition(json, "displayedUpTo", entry.received().displayed());
        });
    }

    private static void writePosition(JsonGenerator json, String field, @Nullable MessagePosition position)
            throws IOException {
        if (position == null) {
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeNumberField("storedAt", position.storedAt());
        json.writeStringField("from", position.author().value());
        json.writeStringField("id", position.id().value());
        json.writeEndObject();
    }

    static String message(LoggedMessage logged) {
        return line("message", json -> {
            json.writeStringField(
                    "conversation", logged.message().conversation().value());
            json.writeNumberField("storedAt", logged.storedAt());
            json.writeStringField("status", lower(logged.status()));
            if (logged.editedAt() > 0) {
                json.writeNumberField("editedAt", logged.editedAt());
            }
            writeReactions(json, logged.reactions());
            writeEvent(json, Envelope.passing(logged.message()));
        });
    }

    private static void writeReactions(JsonGenerator json, List<Reaction> reactions) throws IOException {
        if (reactions.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("reactions");
        for (Reaction each : reactions) {
            json.writeStartObject();
            json.writeStringField("reaction", each.reaction());
            json.writeNumberField("count", each.count());
            json.writeArrayFieldStart("users");
            for (UserId user : each.users()) {
                json.writeString(user.value());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String queued(Envelope envelope) {
        return line("queued", json -> writeEvent(json, envelope));
    }

    private static void writeEvent(JsonGenerator json, Envelope envelope) throws IOException {
        json.writeFieldName("event");
        // An application's data may have line ends between its tokens; in a string JSON escapes them.
        String text = new String(envelope.json(), StandardCharsets.UTF_8);
        json.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
