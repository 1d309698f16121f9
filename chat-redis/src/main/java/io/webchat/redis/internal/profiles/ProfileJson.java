package io.webchat.redis.internal.profiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored form of profiles, and the cached one of profiles and blocks: JSON arrays, unlike any ticket. */
public final class ProfileJson {
    private static final JsonFactory JSON = new JsonFactory();

    private interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    private ProfileJson() {}

    /** {@code [name, key, value, …]}; {@code []} for a user without a profile. */
    public static byte[] of(Optional<Profile> profile) {
        return written(json -> {
            if (profile.isPresent()) {
                json.writeString(profile.get().name());
                for (Map.Entry<String, String> each : profile.get().attributes().entrySet()) {
                    json.writeString(each.getKey());
                    json.writeString(each.getValue());
                }
            }
        });
    }

    /** {@code [user, …]}. */
    public static byte[] of(Set<UserId> users) {
        return written(json -> {
            for (UserId each : users) {
                json.writeString(each.value());
            }
        });
    }

    private static byte[] written(Writer content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            content.write(json);
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * Reads the result of {@link #of(Optional)}.
     *
     * @throws IOException if the text has another form
     */
    public static Optional<Profile> profile(byte[] text) throws IOException {
        try (JsonParser json = begun(text)) {
            String name = json.nextTextValue();
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String key = name; key != null; ) {
                key = json.nextTextValue();
                if (key != null) {
                    attributes.put(key, String.valueOf(json.nextTextValue()));
                }
            }
            checkEnd(json);
            return name == null ? Optional.empty() : Optional.of(new Profile(name, attributes));
        }
    }

    /**
     * Reads the result of {@link #of(Set)}.
     *
     * @throws IOException if the text has another form
     */
    public static Set<UserId> users(byte[] text) throws IOException {
        Set<UserId> users = new HashSet<>();
        try (JsonParser json = begun(text)) {
            for (String each = json.nextTextValue(); each != null; each = json.nextTextValue()) {
                users.add(UserId.of(each));
            }
            checkEnd(json);
        }
        return users;
    }

    private static void checkEnd(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("the JSON array must contain texts only");
        }
    }

    private static JsonParser begun(byte[] text) throws IOException {
        JsonParser json = JSON.createParser(text);
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new IOException("not a JSON array");
        }
        return json;
    }
}
