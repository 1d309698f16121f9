package io.webchat.socketio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP client that knows nothing of Engine.IO. */
public final class TestHttp {
    /** The client behind it, for requests of another kind. */
    public static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private TestHttp() {}

    /** Sends a request with this body; an empty string means no body. */
    public static HttpResponse<String> send(String method, URI uri, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(request(method, uri, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns a request with a time-out. */
    public static HttpRequest.Builder request(String method, URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    /** Gets a page with any status. */
    public static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return send("GET", uri, "");
    }

    /** Gets a page without waiting for it. */
    public static CompletableFuture<HttpResponse<String>> getAsync(URI uri) {
        return CLIENT.sendAsync(request("GET", uri, "").build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Opens a polling session and returns the query that names it. */
    public static String session(TestServer server, int version) throws IOException, InterruptedException {
        String query = "EIO=" + version + "&transport=polling";
        HttpResponse<String> response = get(server.http(query));
        assertThat(response.statusCode()).isEqualTo(200);
        return query + "&sid=" + sid(response.body());
    }

    /** Reads the session id out of an Engine.IO handshake. */
    public static String sid(String open) {
        Matcher matcher = SID.matcher(open);
        assertThat(matcher.find()).as("a session id in " + open).isTrue();
        return matcher.group(1);
    }
}
