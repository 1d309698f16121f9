package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file larger than the heap of the server passes through it in both directions, and is there after a restart. */
@Tag("process")
@Tag("full")
class LargeFileTest {
    /** Twice the heap of the process. */
    private static final int MIB = 512;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ServerProcess start(Path folder) throws IOException {
        return ServerProcess.start(
                Map.of(),
                "--port=0",
                "--auth-secret=0123456789abcdef0123456789abcdef",
                "--attachments=" + folder,
                "--max-attachment-bytes=" + (600L << 20),
                "--attachment-quota=" + (1L << 30));
    }

    private static Path file(Path folder) throws IOException {
        Path file = folder.resolve("large");
        byte[] piece = new byte[1 << 20];
        Random random = new Random(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < MIB; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        return file;
    }

    private static HttpRequest.Builder request(int port, String token, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    @Test
    void G18_aFileLargerThanTheHeapIsUploadedAndReadAgain(@TempDir Path folder) throws Exception {
        Path large = file(folder);
        String token;
        String location;
        try (ServerProcess server = start(folder.resolve("files"))) {
            token = SignInHelp.token(server.port(), "ann");
            HttpResponse<String> answer = CLIENT.send(
                    request(server.port(), token, "/v1/attachments?name=large")
                            .POST(BodyPublishers.ofFile(large))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(new ObjectMapper().readTree(answer.body()).path("bytes").asLong())
                    .isEqualTo((long) MIB << 20);
            location = answer.headers().firstValue("Location").orElseThrow();
        }
        try (ServerProcess server = start(folder.resolve("files"))) {
            HttpResponse<Path> read = CLIENT.send(
                    request(server.port(), token, location).build(), BodyHandlers.ofFile(folder.resolve("read")));
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(Files.mismatch(large, read.body())).isEqualTo(-1);
            assertThat(server.isAlive()).isTrue();
        }
    }
}
