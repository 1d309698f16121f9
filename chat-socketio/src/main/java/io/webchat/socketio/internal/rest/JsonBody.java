package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.socketio.http.HttpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON object in the body of a request. Every method throws {@code bad_request} if the body is malformed. */
final class JsonBody {
    private final JsonNode json;

    private JsonBody(JsonNode json) {
        this.json = json;
    }

    /** Reads the body. An empty body is an empty object. */
    static JsonBody of(HttpRequest request) {
        if (request.body().length == 0) {
            return new JsonBody(RestJson.object());
        }
        JsonNode json;
        try {
            json = RestJson.MAPPER.readTree(request.body());
        } catch (IOException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "the body is not valid JSON", e);
        }
        if (!json.isObject()) {
            throw bad("the body must be a JSON object");
        }
        return new JsonBody(json);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> bad(name + " is missing"));
    }

    Optional<String> optionalText(String name) {
        return value(name).map(value -> text(name, value));
    }

    boolean flag(String name, boolean otherwise) {
        return value(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw bad(name + " must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(otherwise);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(value -> {
            if (!value.isArray()) {
                throw bad(name + " must be a list of strings");
            }
            value.forEach(each -> texts.add(text(name, each)));
        });
        return texts;
    }

    Map<String, String> map(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        value(name).ifPresent(value -> {
            if (!value.isObject()) {
                throw bad(name + " must be an object of strings");
            }
            value.properties().forEach(each -> texts.put(each.getKey(), text(name, each.getValue())));
        });
        return texts;
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

    private static ChatException bad(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }
}
