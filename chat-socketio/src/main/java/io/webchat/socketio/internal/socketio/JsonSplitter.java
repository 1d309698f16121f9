package io.webchat.socketio.internal.socketio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks the JSON of a packet in one pass and splits it into the JSON texts of its elements, without building a tree.
 *
 * <p>It limits the depth, the length of numbers and the length of names.
 */
final class JsonSplitter {
    private static final int MAX_DEPTH = 32;
    // Wider than the limits of an application's data, whose refusals name the message and the field.
    private static final int MAX_NUMBER = 1000;
    private static final int MAX_NAME = 1 << 16;
    private static final String BEYOND_A_LIMIT = "JSON may have " + MAX_DEPTH + " levels, " + MAX_NUMBER
            + " digits in a number and " + MAX_NAME + " characters in a name";
    /** The largest number of elements of an event. */
    static final int MAX_ELEMENTS = 16;

    // Clients choose the field names, so they are not interned. Canonicalising stays on, in a table of limited size:
    // without it Jackson uses a parser that knows no byte offsets.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_NAME)
                    .build())
            .build();

    private JsonSplitter() {}

    /**
     * Returns the JSON texts of the elements of the packet's data. The data must be an array. Of more than {@link
     * #MAX_ELEMENTS} elements only one more is returned.
     */
    static List<byte[]> array(SocketIoPacket packet) throws ProtocolViolation, UnsupportedPacket {
        try (JsonParser json = open(packet)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new ProtocolViolation("data is not an array");
            }
            List<byte[]> elements = new ArrayList<>(2);
            for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
                if (t == null) {
                    throw new ProtocolViolation("malformed JSON");
                }
                if (elements.size() <= MAX_ELEMENTS) {
                    elements.add(slice(json, packet));
                } else {
                    json.skipChildren();
                }
            }
            expectEnd(json);
            return elements;
        } catch (StreamConstraintsException e) {
            throw new UnsupportedPacket(BEYOND_A_LIMIT);
        } catch (IOException e) {
            throw new ProtocolViolation("malformed JSON");
        }
    }

    /**
     * Returns the JSON text of the packet's data. The data must be an object; without data the result is {@code {}}.
     */
    static byte[] object(SocketIoPacket packet) throws ProtocolViolation, UnsupportedPacket {
        if (!packet.hasData()) {
            return new byte[] {'{', '}'};
        }
        try (JsonParser json = open(packet)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ProtocolViolation("data is not an object");
            }
            byte[] object = slice(json, packet);
            expectEnd(json);
            return object;
        } catch (StreamConstraintsException e) {
            throw new UnsupportedPacket(BEYOND_A_LIMIT);
        } catch (IOException e) {
            throw new ProtocolViolation("malformed JSON");
        }
    }

    /** Returns the event name that a JSON text holds: a string, or a number as its text. */
    static String name(byte[] element) throws ProtocolViolation {
        try (JsonParser json = JSON.createParser(element)) {
            JsonToken token = json.nextToken();
            if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
                throw new ProtocolViolation("the event name is neither a string nor a number");
            }
            return json.getText();
        } catch (IOException e) {
            throw new ProtocolViolation("malformed JSON");
        }
    }

    private static JsonParser open(SocketIoPacket packet) throws IOException {
        int start = packet.dataStart();
        return JSON.createParser(packet.source(), start, packet.source().length - start);
    }

    private static byte[] slice(JsonParser json, SocketIoPacket packet) throws IOException {
        long start = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        // The parser reads a string lazily, and is behind it only after the token is finished.
        json.finishToken();
        long end = json.currentLocation().getByteOffset();
        return Arrays.copyOfRange(packet.source(), packet.dataStart() + (int) start, packet.dataStart() + (int) end);
    }

    private static void expectEnd(JsonParser json) throws IOException, ProtocolViolation {
        if (json.nextToken() != null) {
            throw new ProtocolViolation("more than one JSON value");
        }
    }
}
