package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** A response of the server. */
record RestAnswer(HttpResponse<String> raw) {
    int status() {
        return raw.statusCode();
    }

    String header(String name) {
        return raw.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
        try {
            return RestJson.MAPPER.readTree(raw.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + raw.body(), e);
        }
    }

    /** The field of each item of the page. */
    List<String> items(String field) {
        List<String> found = new ArrayList<>();
        json().get("items").forEach(item -> found.add(item.at("/" + field).asText()));
        return found;
    }

    String next() {
        return json().get("nextCursor").asText();
    }

    boolean last() {
        return json().get("nextCursor").isNull();
    }

    RestAnswer is(int status) {
        assertThat(raw.statusCode()).as(raw.request() + ": " + raw.body()).isEqualTo(status);
        return this;
    }

    RestAnswer isProblem(int status, String code) {
        is(status);
        assertThat(header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(json().get("status").asInt()).isEqualTo(status);
        assertThat(json().get("code").asText()).isEqualTo(code);
        assertThat(json().get("requestId").asText()).isEqualTo(header("X-Request-Id"));
        return this;
    }
}
