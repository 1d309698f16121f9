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
    private static final int LARGE = 12 << 20;

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

    @Test
    void everyEndOfADownloadLetsTheNextOneBegin() {
        String file = upload("cleo", "hello");
        RestClient cleo = server.as("cleo");
        for (int i = 0; i <= AttachmentDownloads.MAX_OF_USER; i++) {
            cleo.get(file).is(200);
            cleo.send("HEAD", file, null).is(200);
            cleo.with("If-None-Match", "*").get(file).is(304);
            cleo.with("Range", "bytes=9-").get(file).is(416);
            cleo.get(file + "?from=cleo").isProblem(400, "bad_request");
            cleo.get(PATH + "/unknown").isProblem(404, "not_found");
        }
    }
}
