package io.webchat.core;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The one place where events become JSON and JSON becomes events: the original's field names ({@code
 * EvtType}, {@code From}, {@code To}, {@code MsgID}, {@code Timestamp}, {@code Text}), plus {@code Room},
 * {@code Seq}, {@code StoredAt}, {@code LoggedAt}, {@code Code} and {@code Detail} in the same style. Unknown fields
 * are skipped, so that older and newer nodes and clients understand each other.
 */
public final class EventCodec {
    private EventCodec() {}

    /** The wire form of an event with its place in the queue, UTF-8. */
    public static byte[] encode(Envelope envelope) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = WireFields.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writeEvent(json, envelope.event());
            if (envelope.seq() > 0) {
                json.writeNumberField("Seq", envelope.seq());
                json.writeNumberField("StoredAt", envelope.storedAt());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + envelope, e);
        }
        return out.toByteArray();
    }

    /**
     * Reads what another node wrote with {@link #encode}. The envelope keeps the bytes and hands them on as they are,
     * so they must not be changed any more.
     *
     * @throws ChatException {@code bad_request} when it is no event
     */
    public static Envelope decode(byte[] json) {
        WireFields fields = WireFields.read(json);
        ChatEvent event = fields.event();
        Envelope envelope =
                fields.seq() > 0 ? Envelope.stored(fields.seq(), fields.storedAt(), event) : Envelope.passing(event);
        return envelope.encodedAs(json);
    }

    /**
     * Reads what a client sent: a message, a receipt or a signal. What only a server may say ({@code Seq},
     * {@code StoredAt}, {@code LoggedAt}, notices) is ignored or refused; a missing {@code From} or {@code Timestamp}
     * is the sender and now.
     *
     * @param json one JSON object, UTF-8
     * @param sender the user of the session
     * @param assignId whether a message without {@code MsgID} gets a random one, as clients of the original
     *     need; a resend of such a message cannot be recognised
     * @throws ChatException {@code bad_request}; it names the message where its {@code MsgID} could be read
     */
    public static ChatEvent decodeFromClient(byte[] json, UserId sender, boolean assignId) {
        WireFields fields = WireFields.read(json);
        try {
            return fields.clientEvent(sender, assignId);
        } catch (ChatException e) {
            throw fields.about(e);
        }
    }

    private static void writeEvent(JsonGenerator json, ChatEvent event) throws IOException {
        json.writeStringField("EvtType", event.kind().wire());
        if (event instanceof ChatEvent.Message m) {
            writeParties(json, m.from(), m.to(), m.room());
            json.writeStringField("MsgID", m.id().value());
            json.writeNumberField("Timestamp", m.timestamp());
            json.writeStringField("Text", m.text());
            writeOptional(json, "FromDevice", m.fromDevice());
            if (m.loggedAt() > 0) {
                json.writeNumberField("LoggedAt", m.loggedAt());
            }
        } else if (event instanceof ChatEvent.Receipt r) {
            writeParties(json, r.from(), r.to(), r.room());
            json.writeStringField("MsgID", r.id().value());
            json.writeNumberField("Timestamp", r.timestamp());
        } else if (event instanceof ChatEvent.Signal s) {
            writeParties(json, s.from(), s.to(), s.room());
            json.writeNumberField("Timestamp", s.timestamp());
        } else if (event instanceof ChatEvent.Notice n) {
            writeNotice(json, n);
        } else if (event instanceof ChatEvent.SessionOpened o) {
            json.writeStringField("To", o.to().value());
            json.writeStringField("Device", o.device().value());
            json.writeNumberField("Generation", o.generation());
            json.writeNumberField("Timestamp", o.timestamp());
        }
    }

    private static void writeNotice(JsonGenerator json, ChatEvent.Notice notice) throws IOException {
        json.writeStringField("To", notice.to().value());
        writeOptional(json, "MsgID", notice.id());
        json.writeNumberField("Timestamp", notice.timestamp());
        ErrorCode code = notice.code();
        writeOptional(json, "Code", code == null ? null : code.wire());
        json.writeStringField("Detail", notice.detail());
    }

    private static void writeParties(JsonGenerator json, UserId from, UserId to, @Nullable RoomId room)
            throws IOException {
        json.writeStringField("From", from.value());
        json.writeStringField("To", to.value());
        writeOptional(json, "Room", room);
    }

    private static void writeOptional(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }
}
