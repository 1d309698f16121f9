package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonGenerator;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes events as JSON and decodes them. The field names of the original are {@code EvtType}, {@code From}, {@code
 * To}, {@code MsgID}, {@code Timestamp} and {@code Text}. In the same style there are {@code Room}, {@code Type},
 * {@code Data}, {@code ReplyTo}, {@code Mentions}, {@code Attachments}, {@code Seq}, {@code StoredAt}, {@code
 * LoggedAt}, {@code Code} and {@code Detail}. Unknown fields of another node are skipped, so that older and newer nodes
 * understand each other. Unknown fields of a client's message are refused.
 */
public final class EventCodec {
    private EventCodec() {}

    /**
     * Encodes an event with its Seq as JSON, in UTF-8, for a backend. Clients get {@link Envelope#json()}, which lacks
     * the field {@code SentDigest}: it would tell a recipient something about a text that a policy replaced.
     */
    public static byte[] encode(Envelope envelope) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = WireFields.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            writeEvent(json, envelope.event());
            if (envelope.seq() > 0) {
                json.writeNumberField("Seq", envelope.seq());
            }
            if (envelope.seq() > 0 || envelope.storedAt() > 0) {
                json.writeNumberField("StoredAt", envelope.storedAt());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + envelope, e);
        }
        return out.toByteArray();
    }

    /**
     * Decodes the JSON that another node made with {@link #encode}. The envelope keeps the bytes and passes them on, so
     * do not change them afterwards. An event of a kind that this node does not know becomes {@link
     * NodeEvent.Unknown}.
     *
     * @throws ChatException {@code bad_request} when it is not an event
     */
    public static Envelope decode(byte[] json) {
        return decode(json, 0);
    }

    /**
     * As {@link #decode(byte[])}, for an event that was stored in this epoch of its queue.
     *
     * @throws ChatException {@code bad_request} when it is not an event
     */
    public static Envelope decode(byte[] json, long epoch) {
        WireFields fields = WireFields.read(json);
        ChatEvent event = fields.event();
        Envelope envelope = fields.seq() > 0
                ? Envelope.stored(epoch, fields.seq(), fields.storedAt(), event)
                : Envelope.passing(event);
        // The bytes of a replaced message have a digest, which no client may get.
        return isReplaced(event) ? envelope : envelope.encodedAs(json);
    }

    /** Encodes an event as clients get it. */
    static byte[] encodeForClients(Envelope envelope) {
        if (!isReplaced(envelope.event())) {
            return encode(envelope);
        }
        return encode(envelope.with(
                envelope.event() instanceof Amendment amendment
                        ? amendment.withSentDigest(null)
                        : ((ChatEvent.Message) envelope.event()).withSentDigest(null)));
    }

    private static boolean isReplaced(ChatEvent event) {
        return (event instanceof ChatEvent.Message message && message.sentDigest() != null)
                || (event instanceof Amendment amendment && amendment.sentDigest() != null);
    }

    /**
     * Decodes an event from a client: a message, an amendment, a receipt or a signal. The fields that a server adds for
     * clients ({@code Seq}, {@code StoredAt}, {@code LoggedAt}, {@code FromDevice}) are ignored, and notices are
     * refused. Any other unknown field of a message is refused; receipts and signals may have some. Without {@code
     * From} the sender is the author, and without {@code Timestamp} the time is now.
     *
     * @param json one JSON object, UTF-8
     * @param sender the user of the session
     * @param assignId whether a message without {@code MsgID} gets a random one, as clients of the original need. The
     *     server cannot recognise a resend of such a message
     * @throws ChatException {@code bad_request}; it names the message if its {@code MsgID} could be read
     */
    public static ChatEvent decodeFromClient(byte[] json, UserId sender, boolean assignId) {
        WireFields fields = WireFields.readFromClient(json);
        try {
            return fields.clientEvent(sender, assignId);
        } catch (ChatException e) {
            throw fields.about(e);
        }
    }

    private static void writeEvent(JsonGenerator json, ChatEvent event) throws IOException {
        json.writeStringField("EvtType", event.kind().wire());
        if (event instanceof ChatEvent.Message m) {
            writeMessage(json, m);
        } else if (event instanceof Amendment a) {
            writeParties(json, a.from(), a.to(), a.room());
            json.writeStringField("MsgID", a.id().value());
            json.writeNumberField("Timestamp", a.timestamp());
            AmendmentFields.write(json, a);
            writeServerFields(json, a, a.sentDigest());
        } else if (event instanceof ChatEvent.Receipt r) {
            writeParties(json, r.from(), r.to(), r.room());
            json.writeStringField("MsgID", r.id().value());
            json.writeNumberField("Timestamp", r.timestamp());
            writeOptional(json, "FromDevice", r.fromDevice());
        } else if (event instanceof ChatEvent.Signal s) {
            writeParties(json, s.from(), s.to(), s.room());
            json.writeNumberField("Timestamp", s.timestamp());
            writeOptional(json, "Type", s.type());
            ContentFields.write(json, s.data());
        } else if (event instanceof Notice n) {
            writeNotice(json, n);
        } else if (event instanceof NodeEvent.SessionOpened o) {
            json.writeStringField("To", o.to().value());
            json.writeStringField("Device", o.device().value());
            json.writeNumberField("Generation", o.generation());
            json.writeNumberField("Timestamp", o.timestamp());
        } else if (event instanceof NodeEvent.EndSessions e) {
            json.writeStringField("To", e.to().value());
            writeOptional(json, "Device", e.device());
            json.writeNumberField("Timestamp", e.timestamp());
        } else if (event instanceof NodeEvent.Erased e) {
            json.writeStringField("To", e.to().value());
            json.writeNumberField("Timestamp", e.timestamp());
        } else if (event instanceof NodeEvent.Unknown u) {
            throw new IllegalArgumentException("an event of the unknown kind " + u.name() + " cannot be encoded");
        }
    }

    private static void writeServerFields(JsonGenerator json, LoggedEvent event, @Nullable String sentDigest)
            throws IOException {
        writeOptional(json, "FromDevice", event.fromDevice());
        writeOptional(json, "SentDigest", sentDigest);
        // At the end, where a backend that restores a queue finds it.
        if (event.loggedAt() > 0) {
            json.writeNumberField("LoggedAt", event.loggedAt());
        }
    }

    private static void writeMessage(JsonGenerator json, ChatEvent.Message m) throws IOException {
        writeParties(json, m.from(), m.to(), m.room());
        json.writeStringField("MsgID", m.id().value());
        json.writeNumberField("Timestamp", m.timestamp());
        ContentFields.write(json, m.content());
        AmendmentFields.write(json, m.deletion());
        writeServerFields(json, m, m.sentDigest());
    }

    private static void writeNotice(JsonGenerator json, Notice notice) throws IOException {
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
