package io.webchat.socketio.internal.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks one server with the same header fields each time; every answer is held against the OpenAPI document. */
final class RestClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final URI base;
    private final Map<String, String> headers;
    private final boolean wrong;

    RestClient(URI base) {
        this(base, Map.of(), false);
    }

    private RestClient(URI base, Map<String, String> headers, boolean wrong) {
        this.base = base;
        this.headers = headers;
        this.wrong = wrong;
    }

    RestClient with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new RestClient(base, more, wrong);
    }

    /** Returns a client for requests that the document does not allow. Only the responses are checked. */
    RestClient wrong() {
        return new RestClient(base, headers, true);
    }

    RestAnswer get(String path) {
        return send("GET", path, null);
    }

    RestAnswer delete(String path) {
        return send("DELETE", path, null);
    }

    RestAnswer put(String path) {
        return send("PUT", path, null);
    }

    RestAnswer put(String path, String json) {
        return json().send("PUT", path, json);
    }

    RestAnswer post(String path, String json) {
        return json().send("POST", path, json);
    }

    RestAnswer patch(String path, String json) {
        return json().send("PATCH", path, json);
    }

    private RestClient json() {
        return headers.containsKey("Content-Type") ? this : with("Content-Type", "application/json");
    }

    RestAnswer send(String method, String path, @Nullable String body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(builder::header);
        HttpRequest request = builder.build();
        Optional<String> operation = OpenApi.DOCUMENT.operation(method, request.uri());
        if (!wrong) {
            OpenApi.DOCUMENT.checkRequest(operation.orElseThrow(), request, body);
        }
        HttpResponse<String> answer = exchange(request);
        if (operation.isPresent() && !method.equals("HEAD")) {
            OpenApi.DOCUMENT.checkAnswer(operation.get(), answer);
        }
        return new RestAnswer(answer);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
