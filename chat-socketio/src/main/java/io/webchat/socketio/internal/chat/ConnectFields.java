package io.webchat.socketio.internal.chat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import io.webchat.core.ClientFeature;
import io.webchat.core.ErrorCode;
import io.webchat.core.SessionOptions;
import io.webchat.core.ids.DeviceId;
import io.webchat.socketio.internal.engineio.Handshake;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a client sends when it connects: in {@code auth} (Engine.IO 4) or in the query (Engine.IO 3).
 *
 * @param token the token; null if the client sent none
 * @param options the device, {@link DeviceId#DEFAULT} if the client sent none; the last {@code Seq} that it has
 *     stored, 0 if the client sent none; whether the server keeps the order of messages over refusals; and the
 *     features of the client that this server knows
 */
record ConnectFields(@Nullable String token, SessionOptions options) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DIGITS = 16;

    /**
     * Reads the fields.
     *
     * @throws ChatException {@code bad_request} if a field is malformed
     */
    static ConnectFields of(Handshake handshake) {
        byte[] auth = handshake.auth();
        if (auth == null) {
            return of(
                    handshake.queryValue("token"),
                    handshake.queryValue("device"),
                    handshake.queryValue("after"),
                    handshake.queryValue("ordered"),
                    features(handshake.queryValue("features")));
        }
        try (JsonParser json = JSON.createParser(auth)) {
            return read(json);
        } catch (IOException e) {
            throw bad("auth is not a JSON object");
        }
    }

    private static ConnectFields read(JsonParser json) throws IOException {
        String token = null;
        String device = null;
        String after = null;
        String ordered = null;
        Set<ClientFeature> features = Set.of();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "token" -> token = text(name, value, json);
                case "device" -> device = text(name, value, json);
                case "after" -> after = value == JsonToken.VALUE_NUMBER_INT ? json.getText() : text(name, value, json);
                case "ordered" -> ordered = value.isBoolean() ? json.getText() : text(name, value, json);
                case "features" -> features = features(value, json);
                default -> json.skipChildren();
            }
        }
        return of(token, device, after, ordered, features);
    }

    private static @Nullable String text(String name, JsonToken value, JsonParser json) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw bad(name + " has the wrong type");
        }
        return json.getText();
    }

    /** Reads a list of names, or the names with commas between them as in a query. */
    private static Set<ClientFeature> features(JsonToken value, JsonParser json) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            return features(text("features", value, json));
        }
        Set<ClientFeature> features = EnumSet.noneOf(ClientFeature.class);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw bad("features has the wrong type");
            }
            // A newer client may have features that this server does not know.
            ClientFeature.ofWire(json.getText()).ifPresent(features::add);
        }
        return features;
    }

    private static Set<ClientFeature> features(@Nullable String names) {
        Set<ClientFeature> features = EnumSet.noneOf(ClientFeature.class);
        if (names != null) {
            for (String each : names.split(",", -1)) {
                ClientFeature.ofWire(each.strip()).ifPresent(features::add);
            }
        }
        return features;
    }

    private static ConnectFields of(
            @Nullable String token,
            @Nullable String device,
            @Nullable String after,
            @Nullable String ordered,
            Set<ClientFeature> features) {
        SessionOptions options = SessionOptions.of(device == null ? DeviceId.DEFAULT : DeviceId.of(device))
                .withAfter(after == null ? 0 : seq(after))
                .withFeatures(features);
        return new ConnectFields(token, ordered != null && flag(ordered) ? options.inOrder() : options);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad("ordered must be true or false");
        };
    }

    private static long seq(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad("after must be a Seq");
        }
        return Long.parseLong(digits);
    }

    private static ChatException bad(String detail) {
        return new ChatException(ErrorCode.BAD_REQUEST, detail);
    }
}
