package io.webchat.examples.server.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.webchat.examples.server.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Does over REST what would take people long, or what the web client would not let them do. */
record Backend(Nodes nodes) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Makes an account: what is sent to an id before that is not its owner's. */
    void registers(String user) throws IOException, InterruptedException {
        call(user, "POST", "/v1/login", Map.of("user", user, "password", Person.PASSWORD));
    }

    /** Sends a message and waits until the node has it. */
    void sends(String from, String to, String text) throws IOException, InterruptedException {
        call(from, "POST", "/v1/messages", Map.of("to", to, "text", text));
    }

    /** Replaces a user's profile. */
    void setsProfile(String user, String name, Map<String, String> attributes)
            throws IOException, InterruptedException {
        call(user, "PUT", "/v1/profiles/me", Map.of("name", name, "attributes", attributes));
    }

    private void call(String user, String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(nodes.url(1) + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + nodes.token(user))
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
    }
}
