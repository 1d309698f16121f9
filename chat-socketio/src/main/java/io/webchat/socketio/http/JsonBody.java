package io.webchat.socketio.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.webchat.core.ChatException;
import io.webchat.core.events.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The JSON object in the body of a request, read as strictly as the chat's own routes read theirs: one object and
 * nothing behind it, no name twice, limited depth, whole characters. Every method throws {@link
 * MalformedBodyException} if the body is malformed. Immutable.
 */
public final class JsonBody {
    /** The sentence of a 415 answer, for a body that is not {@link #isPlainJson plain JSON}. */
    public static final String MEDIA_TYPE_RULE = "The body must be application/json, not compressed.";

    /** The longest part of an unknown name that an error repeats. */
    private static final int MAX_NAME = 64;

    private static final Pattern JSON =
            Pattern.compile("application/json(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            // As on the socket: an application's own data may hold long numbers and names.
                            .maxNumberLength(Json.MAX_DIGITS)
                            .maxNameLength(Json.MAX_NAME)
                            .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final byte[] EMPTY = {'{', '}'};

    private final JsonNode json;
    private final byte[] source;
    /** The names of the objects around this one, each with a dot, for errors. */
    private final String path;

    private JsonBody(JsonNode json, byte[] source, String path) {
        this.json = json;
        this.source = source;
        this.path = path;
    }

    /** Whether the body is JSON by its header, and not compressed: a small body could become a huge one. */
    public static boolean isPlainJson(HttpRequest request) {
        String coding = request.header("Content-Encoding").orElse("identity");
        return coding.equalsIgnoreCase("identity")
                && JSON.matcher(request.header("Content-Type").orElse("")).matches();
    }

    /** Reads the body. An empty body is an empty object. */
    public static JsonBody of(HttpRequest request) {
        if (request.body().length == 0) {
            return new JsonBody(STRICT.createObjectNode(), EMPTY, "");
        }
        JsonNode json;
        try {
            json = STRICT.readTree(request.body());
        } catch (IOException e) {
            throw new MalformedBodyException(reason(request.body()), e);
        }
        if (!json.isObject()) {
            throw bad("the body must be a JSON object");
        }
        return new JsonBody(json, request.body(), "");
    }

    /** Returns why a body was refused: a name that occurs twice, a limit, or a fault of its form. */
    private static String reason(byte[] body) {
        try {
            Json.parse("the body", body);
            return "the body is not valid JSON";
        } catch (ChatException e) {
            return e.detail();
        }
    }

    /** The text with this name. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> bad(path + name + " is missing"));
    }

    /** The text with this name; empty if it is missing or null. */
    public Optional<String> optionalText(String name) {
        return value(name).map(value -> text(path + name, value));
    }

    /** The flag with this name; {@code otherwise} if it is missing or null. */
    public boolean flag(String name, boolean otherwise) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw bad(name + " must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    /** The texts of the list with this name; none if it is missing or null. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw bad(name + " must be a list of strings");
            }
            value.forEach(each -> texts.add(text(name, each)));
        });
        return texts;
    }

    /** The texts of the object with this name, in order; none if it is missing or null. */
    public Map<String, String> map(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        value(name).ifPresent(value -> {
            if (!value.isObject()) {
                throw bad(name + " must be an object of strings");
            }
            value.properties().forEach(each -> texts.put(each.getKey(), text(name, each.getValue())));
        });
        return texts;
    }

    /** The object with this name, as its sender wrote it; empty if it is missing or null. */
    public Optional<Json> data(String name) {
        return value(name).flatMap(value -> Json.member(name, source));
    }

    /** The object with this name, to read its own values; empty if it is missing or null. */
    public Optional<JsonBody> object(String name) {
        return value(name).map(value -> {
            if (!value.isObject()) {
                throw bad(name + " must be an object");
            }
            return new JsonBody(value, EMPTY, path + name + ".");
        });
    }

    /** The objects of the list with this name, to read their own values; none if it is missing or null. */
    public List<JsonBody> objects(String name) {
        List<JsonBody> objects = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw bad(path + name + " must be a list of objects");
            }
            value.forEach(each -> {
                if (!each.isObject()) {
                    throw bad(path + name + " must be a list of objects");
                }
                objects.add(new JsonBody(each, EMPTY, path + name + "."));
            });
        });
        return objects;
    }

    /** The whole number with this name, if it is in this range; empty if it is missing or null. */
    public Optional<Long> integer(String name, long min, long max) {
        return value(name).map(value -> {
            if (!value.isIntegralNumber()
                    || !value.canConvertToLong()
                    || value.longValue() < min
                    || value.longValue() > max) {
                throw bad(path + name + " must be a whole number from " + min + " to " + max);
            }
            return value.longValue();
        });
    }

    /** Refuses a body that has another name than these, so that its sender learns of a value that would be dropped. */
    public void allowOnly(String... names) {
        List<String> allowed = List.of(names);
        json.fieldNames().forEachRemaining(each -> {
            if (!allowed.contains(each)) {
                throw bad("unknown field " + path + (each.length() > MAX_NAME ? each.substring(0, MAX_NAME) : each));
            }
        });
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    private static String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw bad(name + " must hold strings only");
        }
        String text = value.textValue();
        // Half a surrogate pair can be stored, but never be written as UTF-8.
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw bad(name + " holds half a surrogate pair");
        }
        return text;
    }

    private static MalformedBodyException bad(String detail) {
        return new MalformedBodyException(detail);
    }
}
