package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of the application, as its sender wrote it. The bytes are checked once and passed on unchanged. Nothing
 * in it is interpreted. Immutable; two values are equal when their bytes are.
 *
 * <pre>{@code
 * Json order = Json.parse("{\"order\":17,\"total\":\"12.50\"}");
 * }</pre>
 */
public final class Json {
    /** The largest number of objects and arrays inside each other, the outermost object included. */
    public static final int MAX_DEPTH = 16;
    /** The largest number of digits in a number, those of a fraction and of an exponent included. */
    public static final int MAX_DIGITS = 32;
    /** The largest number of characters in a name. */
    public static final int MAX_NAME = 1024;

    private final byte[] utf8;

    private Json(byte[] utf8) {
        this.utf8 = utf8;
    }

    /**
     * Returns the object with this text.
     *
     * @throws ChatException {@code bad_request} when it is not one JSON object, has a name twice in one object, or is
     *     beyond {@link #MAX_DEPTH}, {@link #MAX_DIGITS} or {@link #MAX_NAME}
     */
    public static Json parse(String text) {
        return parse("JSON", text);
    }

    /**
     * As {@link #parse(String)}, with the name of the field in the error.
     *
     * @throws ChatException {@code bad_request} when it is not one JSON object, has a name twice in one object, or is
     *     beyond {@link #MAX_DEPTH}, {@link #MAX_DIGITS} or {@link #MAX_NAME}
     */
    public static Json parse(String field, String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] utf8 = new byte[bytes.remaining()];
            bytes.get(utf8);
            return parse(field, utf8);
        } catch (CharacterCodingException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, field + " contains half a surrogate pair", e);
        }
    }

    /**
     * As {@link #parse(String)}, for bytes in UTF-8, with the name of the field in the error.
     *
     * @throws ChatException {@code bad_request} when they are not one JSON object, have a name twice in one object, or
     *     are beyond {@link #MAX_DEPTH}, {@link #MAX_DIGITS} or {@link #MAX_NAME}
     */
    public static Json parse(String field, byte[] utf8) {
        try (JsonParser parser = WireFields.FACTORY.createParser(utf8)) {
            parser.nextToken();
            Json object = read(field, parser, utf8);
            if (parser.nextToken() != null) {
                throw bad(field + " has more text after its JSON object");
            }
            return object;
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, field + " is not valid JSON", e);
        }
    }

    /**
     * Returns the object that a field of another JSON object holds; empty if the field is missing or null.
     *
     * @param utf8 the other object, in UTF-8
     * @throws ChatException {@code bad_request} when the field holds something else, or the bytes are not a JSON object
     */
    public static Optional<Json> member(String field, byte[] utf8) {
        try (JsonParser parser = WireFields.FACTORY.createParser(utf8)) {
            parser.nextToken();
            Json found = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals(field);
                if (parser.nextToken() != JsonToken.VALUE_NULL && named) {
                    found = read(field, parser, utf8);
                } else {
                    parser.skipChildren();
                }
            }
            return Optional.ofNullable(found);
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the object around " + field + " is not valid JSON", e);
        }
    }

    /**
     * Returns the object at which the parser stands, and moves the parser to its end.
     *
     * @param source the bytes that the parser reads
     */
    static Json read(String field, JsonParser parser, byte[] source) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw bad(field + " must be a JSON object");
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        skip(field, parser);
        int end = (int) parser.currentLocation().getByteOffset();
        // The parser also reads UTF-16 and UTF-32, but tells no offsets then.
        if (start < 0 || end > source.length || !isUtf8(source, start, end)) {
            throw bad(field + " is not UTF-8");
        }
        return new Json(Arrays.copyOfRange(source, start, end));
    }

    private static void skip(String field, JsonParser parser) throws IOException {
        Deque<Set<String>> names = new ArrayDeque<>();
        names.push(new HashSet<>());
        while (!names.isEmpty()) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw bad(field + " is not valid JSON");
            }
            if (token.isStructStart()) {
                names.push(new HashSet<>());
            } else if (token.isStructEnd()) {
                names.pop();
            } else if (token == JsonToken.FIELD_NAME) {
                checkName(field, parser.currentName(), names.element());
            } else if (token.isNumeric()) {
                checkNumber(field, parser.getText());
            }
            if (names.size() > MAX_DEPTH) {
                throw bad(field + " has more than " + MAX_DEPTH + " levels of objects and arrays");
            }
        }
    }

    /** A name may not occur twice in an object: some clients, for example those with org.json, cannot read that. */
    private static void checkName(String field, String name, Set<String> before) {
        if (name.length() > MAX_NAME) {
            throw bad(field + " has a name of " + name.length() + " characters, the limit is " + MAX_NAME);
        }
        if (!before.add(name)) {
            throw bad(field + " has the name " + WireFields.shown(name) + " twice in one object");
        }
    }

    private static void checkNumber(String field, String number) {
        long digits = number.chars().filter(each -> each >= '0' && each <= '9').count();
        if (digits > MAX_DIGITS) {
            throw bad(field + " has a number of " + digits + " digits, the limit is " + MAX_DIGITS);
        }
    }

    private static boolean isUtf8(byte[] source, int start, int end) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, start, end - start));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The number of bytes in UTF-8. */
    public int size() {
        return utf8.length;
    }

    /** Returns a copy of the bytes, in UTF-8. */
    public byte[] toBytes() {
        return utf8.clone();
    }

    /** The bytes themselves, for readers that do not change them. */
    byte[] bytes() {
        return utf8;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Json that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    /** The text of the object, as its sender wrote it. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static ChatException bad(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }
}
