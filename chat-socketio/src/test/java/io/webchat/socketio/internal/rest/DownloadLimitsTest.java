package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.socketio.testkit.RawSocket;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The downloads that are open at once are bounded, and each of them counts until its connection is done with it. */
class DownloadLimitsTest {
    private static final String PATH = "/v1/attachments";
    /** More than a connection holds for a client that reads nothing. */
    private static final int LARGE = 6 << 20;

    private static RestTestServer server;

    @BeforeAll
    static void start() {
        AttachmentLimits limits = new AttachmentLimits(LARGE, 2L * LARGE, Duration.ofDays(1));
        server = new RestTestServer(
                parts -> parts.attachments(MemoryAttachmentStore.create(limits, Clock.systemUTC())),
                UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String upload(String user, String content) {
        RestAnswer answer = server.as(user)
                .with("Content-Type", "application/octet-stream")
                .send("POST", PATH + "?name=file", content);
        return PATH + "/" + answer.is(201).json().get("id").asText();
    }

    /** Begins to read a file, and takes its head only. */
    private static RawSocket reading(String user, String file) throws IOException {
        RawSocket raw = new RawSocket(server.server.port(), 4096);
        raw.write("GET " + file + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-" + user + "\r\n\r\n");
        assertThat(raw.head()).startsWith("HTTP/1.1 200");
        return raw;
    }

    @Test
    void G13_downloadsOfAUserAreFewAtOnceAndEndWithTheirConnection() throws Exception {
        String large = upload("ann", "x".repeat(LARGE));
        String small = upload("ann", "hello");
        String other = upload("bob", "hello");
        List<RawSocket> open = new ArrayList<>();
        for (int i = 0; i < AttachmentDownloads.MAX_OF_USER; i++) {
            open.add(reading("ann", large));
        }

        RestAnswer refused = server.as("ann").get(small).isProblem(429, "rate_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("detail").asText()).contains("8 downloads");
        server.as("bob").get(other).is(200);

        open.remove(0).reset();
        while (server.as("ann").get(small).status() == 429) {
            Thread.onSpinWait();
        }
        server.as("ann").get(small).is(200);
        for (RawSocket each : open) {
            each.close();
        }
    }

    private static void assertStatus(RawSocket raw, int status, String request, String fields) throws IOException {
        raw.write(request + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-cleo\r\n" + fields + "\r\n");
        String head = raw.head();
        assertThat(head).as(request).startsWith("HTTP/1.1 " + status);
        if (status != 304 && !request.startsWith("HEAD")) {
            raw.read(Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1")));
        }
    }

    @Test
    void everyEndOfADownloadLetsTheNextOneBegin() throws Exception {
        String file = upload("cleo", "hello");
        try (RawSocket raw = new RawSocket(server.server.port())) {
            for (int i = 0; i <= AttachmentDownloads.MAX_OF_USER; i++) {
                assertStatus(raw, 200, "GET " + file, "");
                assertStatus(raw, 200, "HEAD " + file, "");
                assertStatus(raw, 304, "GET " + file, "If-None-Match: *\r\n");
                assertStatus(raw, 416, "GET " + file, "Range: bytes=9-\r\n");
                assertStatus(raw, 400, "GET " + file + "?from=cleo", "");
                assertStatus(raw, 404, "GET " + PATH + "/unknown", "");
            }
        }
    }
}
