package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.calllog.Page;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/** Writes the JSON of the REST API. */
final class RestJson {
    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build())
            .build();

    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long END_OF_9999 = 253_402_300_799L;

    private RestJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Returns a page of a list: {@code items} and {@code nextCursor}, which is null at the end. */
    static <T> ObjectNode page(Page<T> page, Function<T, ObjectNode> toJson) {
        ObjectNode json = object();
        ArrayNode items = json.putArray("items");
        page.items().forEach(each -> items.add(toJson.apply(each)));
        return json.put("nextCursor", page.nextCursor());
    }

    /** Returns a time in RFC 3339 with milliseconds, in UTC. */
    static String time(long unixMillis) {
        return RFC_3339.format(Instant.ofEpochMilli(unixMillis));
    }

    /** Returns the time of a client's clock, which may be wrong. Empty if RFC 3339 cannot express it. */
    static Optional<String> clientTime(long unixSeconds) {
        return unixSeconds < 0 || unixSeconds > END_OF_9999
                ? Optional.empty()
                : Optional.of(RFC_3339.format(Instant.ofEpochSecond(unixSeconds)));
    }
}
