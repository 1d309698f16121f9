package io.webchat.examples.server.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.webchat.core.CloseReason;
import io.webchat.core.OfflineMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON bodies of posts. Each has a random {@code id}, which a repeated post keeps, a {@code type} and a time. */
final class WebhookBody {
    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of one body. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private WebhookBody() {}

    private static byte[] body(String type, long at, Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", UUID.randomUUID().toString());
            json.writeStringField("type", type);
            json.writeNumberField("at", at);
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    static byte[] event(ChatEvent event, long storedAt) {
        String type = event.kind().receipt() ? "receipt" : event.kind().amendment() ? "amendment" : "message";
        return body(type, storedAt, json -> write(json, event));
    }

    private static void write(JsonGenerator json, ChatEvent event) throws IOException {
        json.writeFieldName("event");
        json.writeRawValue(new String(Envelope.passing(event).json(), StandardCharsets.UTF_8));
    }

    static byte[] room(RoomChange change) {
        return body("room", change.at(), json -> {
            json.writeStringField("room", change.room().value());
            json.writeStringField("change", lower(change.kind()));
            writeOptional(json, "by", change.by());
            writeOptional(json, "user", change.user());
            writeOptional(json, "role", change.role() == null ? null : lower(change.role()));
            writeOptional(json, "name", change.name());
        });
    }

    static byte[] connect(UserId user, DeviceId device) {
        return body("connect", System.currentTimeMillis(), json -> writeDevice(json, user, device));
    }

    static byte[] disconnect(UserId user, DeviceId device, CloseReason reason) {
        return body("disconnect", System.currentTimeMillis(), json -> {
            writeDevice(json, user, device);
            json.writeStringField("reason", lower(reason));
        });
    }

    static byte[] offline(OfflineMessage missed) {
        return body("offline", System.currentTimeMillis(), json -> {
            json.writeStringField("user", missed.user().value());
            json.writeStringField("title", missed.title());
            json.writeNumberField("unread", missed.unread());
            json.writeBooleanField("mentioned", missed.mentioned());
            write(json, missed.message());
        });
    }

    private static void writeDevice(JsonGenerator json, UserId user, DeviceId device) throws IOException {
        json.writeStringField("user", user.value());
        json.writeStringField("device", device.value());
    }

    private static void writeOptional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
