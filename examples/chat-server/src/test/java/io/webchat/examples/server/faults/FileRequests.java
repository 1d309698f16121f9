package io.webchat.examples.server.faults;

import io.webchat.examples.server.Nodes;
import io.webchat.examples.server.history.Recorder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.json.JSONObject;

/** Uploads, names and reads files over REST. Each request goes to one node. It fails if the node decides nothing. */
final class FileRequests {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Nodes nodes;
    private final Recorder recorder;

    FileRequests(Nodes nodes, Recorder recorder) {
        this.nodes = nodes;
        this.recorder = recorder;
    }

    private HttpRequest.Builder request(int node, String user, String path) {
        return HttpRequest.newBuilder(URI.create(nodes.url(node) + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + nodes.token(user));
    }

    private static IOException undecided(HttpResponse<?> answer) {
        return new IOException(answer.request().uri() + " answered " + answer.statusCode());
    }

    /** Uploads a file. */
    CompletableFuture<UploadedFile> upload(int node, String user, byte[] bytes) {
        HttpRequest request = request(node, user, "/v1/attachments?name=fault")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() == CREATED
                        ? CompletableFuture.completedFuture(
                                UploadedFile.of(new JSONObject(answer.body()).getString("id"), bytes))
                        : CompletableFuture.failedFuture(undecided(answer)));
    }

    /** Sends a message; returns whether it was accepted. False is a {@code bad_request}. */
    CompletableFuture<Boolean> send(int node, String user, JSONObject message) {
        HttpRequest request = request(node, user, "/v1/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message.toString()))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenCompose(answer -> answer.statusCode() / 100 == 2 || answer.statusCode() == BAD_REQUEST
                        ? CompletableFuture.completedFuture(answer.statusCode() != BAD_REQUEST)
                        : CompletableFuture.failedFuture(undecided(answer)));
    }

    private HttpRequest reading(int node, String user, FileOfMessage file) {
        return request(node, user, file.path(user)).GET().build();
    }

    /** Reads a file as this user without waiting, and records what came; a failure tells nothing. */
    void readLater(int node, String user, FileOfMessage file) {
        long begun = recorder.now();
        CompletableFuture<Void> unused = http.sendAsync(reading(node, user, file), BodyHandlers.ofByteArray())
                .thenAccept(answer -> note(user, file, begun, answer));
    }

    /** Reads a file as this user, and records what came. */
    void read(int node, String user, FileOfMessage file) throws IOException, InterruptedException {
        long begun = recorder.now();
        HttpResponse<byte[]> answer = http.send(reading(node, user, file), BodyHandlers.ofByteArray());
        if (!note(user, file, begun, answer)) {
            throw undecided(answer);
        }
    }

    /** Records an answer that tells whether there is a file; returns whether it does. */
    private boolean note(String user, FileOfMessage file, long begun, HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case OK ->
                recorder.read(
                        user,
                        file.from(),
                        file.message(),
                        begun,
                        UploadedFile.of(file.file(), answer.body()).inWords());
            case NOT_FOUND -> recorder.read(user, file.from(), file.message(), begun, "");
            default -> {
                return false;
            }
        }
        return true;
    }
}
