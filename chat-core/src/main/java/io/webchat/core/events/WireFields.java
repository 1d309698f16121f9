package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.IdForm;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of one event on the wire. Their types are checked, their meaning is not. */
final class WireFields {
    /** Depth and number length are bounded, so that a hostile packet costs no more than its bytes. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    // The application's data may have longer numbers and names than events have.
                    .maxNumberLength(1000)
                    .maxNameLength(1 << 16)
                    .build())
            // The names in the application's data are not worth a place among the JVM's strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Four bytes for an emoji instead of twelve.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final IdForm KIND = IdForm.lowerCase("EvtType", "_", 32);
    /** The longest part of an unknown name that an error repeats. */
    private static final int MAX_NAME = 64;

    private @Nullable String evtType;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String room;
    private @Nullable String msgId;
    private @Nullable String code;
    private @Nullable String detail;
    private @Nullable String device;
    private @Nullable String sentDigest;
    private @Nullable Long timestamp;
    private long seq;
    private long storedAt;
    private long loggedAt;
    private long generation;

    /** The first field that a client may not give to a message. */
    private @Nullable String unknown;
    /** The first field that a client gave twice. */
    private @Nullable String repeated;
    /** A malformed field of a content or of an amendment. It counts only for the kinds that have such fields. */
    private @Nullable ChatException malformed;

    private @Nullable String text;
    /** The fields of a content beside the text; null for a text and nothing else. */
    private @Nullable ContentFields content;
    /** The first field of a content, the text included. */
    private @Nullable String contentField;
    /** Made only for an event that has one of its fields. */
    private @Nullable AmendmentFields amendment;

    private WireFields() {}

    static WireFields read(byte[] json) {
        return read(json, name -> true);
    }

    /** Reads what a client wrote, which may have a field twice. */
    static WireFields readFromClient(byte[] json) {
        return read(json, new HashSet<>()::add);
    }

    private static WireFields read(byte[] json, Predicate<String> isFirst) {
        WireFields fields = new WireFields();
        try {
            fields.readAll(json, isFirst);
        } catch (ChatException e) {
            throw fields.about(e);
        }
        return fields;
    }

    private void readAll(byte[] json, Predicate<String> isFirst) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("an event is a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (!isFirst.test(name) && repeated == null) {
                    repeated = name;
                }
                parser.nextToken();
                set(name, parser, json);
            }
            if (parser.nextToken() != null) {
                throw bad("there is more text after the event's JSON object");
            }
        } catch (StreamConstraintsException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the event has too many levels, digits or letters", e);
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the event is not valid JSON", e);
        }
    }

    private void set(String name, JsonParser parser, byte[] json) throws IOException {
        switch (name) {
            case "EvtType" -> evtType = string(name, parser);
            case "From" -> from = string(name, parser);
            case "To" -> to = string(name, parser);
            case "Room" -> room = string(name, parser);
            case "MsgID" -> msgId = string(name, parser);
            case "Code" -> code = string(refused(name), parser);
            case "Detail" -> detail = string(refused(name), parser);
            case "SentDigest" -> sentDigest = string(refused(name), parser);
            case "FromDevice" -> device = string(name, parser);
            case "Device" -> device = string(refused(name), parser);
            case "Timestamp" -> timestamp = integer(name, parser);
            case "Seq" -> seq = integer(name, parser);
            case "StoredAt" -> storedAt = integer(name, parser);
            case "LoggedAt" -> loggedAt = integer(name, parser);
            case "Generation" -> generation = integer(refused(name), parser);
            case "Text" -> text = string(inContent(name), parser);
            case "Type", "Data", "ReplyTo", "Mentions", AttachmentFields.NAME ->
                tolerantly(parser, () -> contentFields().read(inContent(name), parser, json, this::refused));
            case "About", "Reaction", "Remove" ->
                tolerantly(parser, () -> amendmentFields().read(name, parser, this::refused));
            case "ByHost", "DeletedAt", "DeletedBy" ->
                tolerantly(parser, () -> amendmentFields().read(refused(name), parser, this::refused));
            default -> {
                refused(name);
                parser.skipChildren();
            }
        }
    }

    /** Reads a value. Receipts and signals may have a field of its name in any form, as all unknown fields. */
    private void tolerantly(JsonParser parser, FieldValue.Reader reader) throws IOException {
        ChatException failure = FieldValue.read(parser, reader);
        malformed = malformed == null ? failure : malformed;
    }

    private String inContent(String name) {
        contentField = contentField == null ? name : contentField;
        return name;
    }

    private AmendmentFields amendmentFields() {
        AmendmentFields fields = amendment == null ? new AmendmentFields() : amendment;
        amendment = fields;
        return fields;
    }

    private ContentFields contentFields() {
        ContentFields fields = content == null ? new ContentFields() : content;
        content = fields;
        return fields;
    }

    /** Notes a field that a client may not give to a message. */
    private String refused(String name) {
        if (unknown == null) {
            unknown = name;
        }
        return name;
    }

    static @Nullable String string(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw bad(name + " must be a string");
        }
        return parser.getText();
    }

    static long integer(String name, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw bad(name + " must be an integer");
        }
        return parser.getLongValue();
    }

    long seq() {
        return seq;
    }

    long storedAt() {
        return storedAt;
    }

    /** Returns the failure, with the message if its id could be read. */
    ChatException about(ChatException failure) {
        Optional<MessageId> id = readableId();
        return id.isPresent() ? failure.about(id.get()) : failure;
    }

    private Optional<MessageId> readableId() {
        try {
            return msgId == null ? Optional.empty() : Optional.of(MessageId.of(msgId));
        } catch (ChatException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the event that another node wrote. */
    ChatEvent event() {
        UserId recipient = UserId.of(required("To", to));
        String name = required("EvtType", evtType);
        return switch (EventKind.ofWire(name).orElseGet(() -> unknownKind(name))) {
            case MESSAGE ->
                new ChatEvent.Message(
                        sender(),
                        recipient,
                        roomId(),
                        id(),
                        time(0),
                        content(required("Text", text)),
                        deviceId(),
                        loggedAt,
                        sentDigest,
                        amendment == null ? null : amendment.deletion());
            case EDIT, DELETE, REACT ->
                amendment(recipient, amendmentFields().change(kind(), () -> content(required("Text", text))));
            case DELIVERY, DISPLAY ->
                new ChatEvent.Receipt(kind(), sender(), recipient, roomId(), id(), time(0), deviceId());
            case TYPING -> new ChatEvent.Signal(sender(), recipient, roomId(), time(0));
            case SIGNAL -> signal(sender(), recipient, time(0));
            case SESSION ->
                new NodeEvent.SessionOpened(recipient, DeviceId.of(required("Device", device)), generation, time(0));
            case END -> new NodeEvent.EndSessions(recipient, deviceId(), time(0));
            case ERASED -> new NodeEvent.Erased(recipient, time(0));
            case UNKNOWN -> new NodeEvent.Unknown(recipient, name, time(0));
            case FAILED, GAP, REPLACED, DRAINING, EXPIRING, DISCONNECTED -> notice(recipient);
        };
    }

    /** A newer node may write kinds that this one does not know, all with names of the same form. */
    private static EventKind unknownKind(String name) {
        KIND.check(name);
        return EventKind.UNKNOWN;
    }

    private ChatEvent.Signal signal(UserId author, UserId recipient, long time) {
        checkWellFormed();
        ContentFields fields = contentFields();
        return new ChatEvent.Signal(author, recipient, roomId(), time, fields.requiredType(), fields.data());
    }

    private void checkWellFormed() {
        if (malformed != null) {
            throw malformed;
        }
    }

    private MessageContent content(String words) {
        checkWellFormed();
        return content == null ? MessageContent.text(words) : content.with(words);
    }

    /** Returns the content that a client sent, whose text may be absent beside data or another type. */
    private MessageContent clientContent() {
        MessageContent sent = content(text == null ? "" : text);
        if (text == null && sent.needsText()) {
            throw bad("Text is missing");
        }
        return sent;
    }

    private Amendment amendment(UserId recipient, Amendment.Change change) {
        checkWellFormed();
        return new Amendment(
                sender(),
                recipient,
                roomId(),
                id(),
                time(0),
                amendmentFields().about(),
                change,
                deviceId(),
                loggedAt,
                sentDigest);
    }

    private Amendment clientAmendment(UserId author, UserId recipient, long time) {
        checkAllKnown(null);
        checkWellFormed();
        Amendment.Change change = amendmentFields().clientChange(kind(), this::clientContent, contentField);
        return new Amendment(
                author, recipient, roomId(), id(), time, amendmentFields().about(), change, null, 0, null);
    }

    private Notice notice(UserId recipient) {
        return new Notice(
                kind(), recipient, readableId().orElse(null), errorCode(), required("Detail", detail), time(0));
    }

    private @Nullable ErrorCode errorCode() {
        for (ErrorCode each : ErrorCode.values()) {
            if (each.wire().equals(code)) {
                return each;
            }
        }
        return null;
    }

    /** Returns the event that a client of {@code sender} sent. */
    ChatEvent clientEvent(UserId sender, boolean assignId) {
        long now = System.currentTimeMillis() / 1000;
        // Messages stay in memory for long. Those of one session share one id of their author.
        UserId author = from == null || from.isEmpty() || from.equals(sender.value()) ? sender : UserId.of(from);
        // The server makes a copy for each member of a room. A receipt names the author, in a room as well.
        boolean toRoom = room != null && !room.isEmpty() && !kind().receipt();
        UserId recipient = toRoom ? author : UserId.of(required("To", to));
        return switch (kind()) {
            case MESSAGE -> {
                checkAllKnown(amendment == null ? null : amendment.first());
                MessageId named = assignId && msgId == null ? MessageId.random() : id();
                yield new ChatEvent.Message(
                        author, recipient, roomId(), named, time(now), clientContent(), null, 0, null, null);
            }
            case EDIT, DELETE, REACT -> clientAmendment(author, recipient, time(now));
            case DELIVERY, DISPLAY -> new ChatEvent.Receipt(kind(), author, recipient, roomId(), id(), time(now));
            case TYPING -> new ChatEvent.Signal(author, recipient, roomId(), time(now));
            case SIGNAL -> signal(author, recipient, time(now));
            case FAILED, GAP, REPLACED, DRAINING, EXPIRING, DISCONNECTED, SESSION, END, ERASED, UNKNOWN ->
                throw bad("EvtType " + kind().wire() + " may only be sent by the server");
        };
    }

    /** A field of a message that the server would drop is refused, so that its sender learns of it. */
    private void checkAllKnown(@Nullable String other) {
        String field = unknown == null ? other : unknown;
        if (field != null) {
            throw unknownField(field);
        }
        if (repeated != null) {
            throw bad(shown(repeated) + " is given twice");
        }
    }

    static ChatException unknownField(String name) {
        return bad("unknown field " + shown(name));
    }

    /** Returns a name of a client in the form for an error. */
    static String shown(String name) {
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    }

    private EventKind kind() {
        return EventKind.ofWire(required("EvtType", evtType)).orElseThrow(() -> bad("EvtType is unknown"));
    }

    private UserId sender() {
        return UserId.of(required("From", from));
    }

    private MessageId id() {
        return MessageId.of(required("MsgID", msgId));
    }

    private @Nullable RoomId roomId() {
        return room == null || room.isEmpty() ? null : RoomId.of(room);
    }

    private @Nullable DeviceId deviceId() {
        return device == null ? null : DeviceId.of(device);
    }

    private long time(long otherwise) {
        return timestamp == null ? otherwise : timestamp;
    }

    static String required(String name, @Nullable String value) {
        if (value == null) {
            throw bad(name + " is missing");
        }
        return value;
    }

    static ChatException bad(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }
}
