package io.webchat.socketio.internal.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.webchat.core.ChatException;
import io.webchat.core.SendResult;
import io.webchat.core.ids.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the JSON argument of a client's acknowledgement callback. Events are written by {@code EventCodec}. */
final class AckJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AckJson() {}

    /** Writes the fields of one JSON object. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static byte[] ok(SendResult result) {
        return write(json -> {
            json.writeBooleanField("ok", true);
            MessageId id = result.id();
            if (id != null) {
                json.writeStringField("MsgID", id.value());
            }
            if (result.seq() > 0) {
                json.writeNumberField("Seq", result.seq());
            }
            if (result.storedAt() > 0) {
                json.writeNumberField("StoredAt", result.storedAt());
            }
            json.writeBooleanField("Duplicate", result.duplicate());
        });
    }

    static byte[] failed(ChatException failure) {
        return write(json -> {
            json.writeBooleanField("ok", false);
            if (failure.messageId().isPresent()) {
                json.writeStringField("MsgID", failure.messageId().get().value());
            }
            writeReason(json, failure);
            json.writeBooleanField("Retry", failure.code().retryable());
            if (failure.retryAfter().isPresent()) {
                json.writeNumberField("RetryAfterMs", failure.retryAfter().get().toMillis());
            }
        });
    }

    /** Returns the {@code failed} event for a client whose user is not known yet. Such an event has no {@code To}. */
    static byte[] failedEvent(ChatException failure) {
        return write(json -> {
            json.writeStringField("EvtType", "failed");
            writeReason(json, failure);
        });
    }

    private static void writeReason(JsonGenerator json, ChatException failure) throws IOException {
        json.writeStringField("Code", failure.code().wire());
        json.writeStringField("Detail", failure.detail());
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
