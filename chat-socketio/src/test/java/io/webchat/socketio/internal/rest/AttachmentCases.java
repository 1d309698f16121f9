package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.webchat.core.Attachments;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.socketio.testkit.RawSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files are uploaded, read by whoever may read their message, and by nobody else, and never run as a page. */
abstract class AttachmentCases {
    private static final AttachmentLimits LIMITS = new AttachmentLimits(100_000, 1_050_000, Duration.ofDays(1));
    private static final String PATH = "/v1/attachments";
    private static final String GIF = "GIF89a 0123456789";

    private static RestTestServer server;

    @BeforeAll
    static void start() {
        server = new RestTestServer(
                parts -> parts.contactPolicy(ContactPolicy.EVERYBODY)
                        .attachments(MemoryAttachmentStore.create(LIMITS, Clock.systemUTC())),
                UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RestAnswer post(String user, String query, String content) {
        return server.as(user).with("Content-Type", "application/octet-stream").send("POST", PATH + query, content);
    }

    private static String upload(String user, String name, String content) {
        return post(user, "?name=" + name, content).is(201).json().get("id").asText();
    }

    /** Uploads a file and sends it from Alice to Bob; returns the path at which Bob reads it. */
    private static String sent(String name, String content) {
        String id = upload("alice", name, content);
        server.as("alice")
                .post(
                        "/v1/messages",
                        "{\"to\":\"bob\",\"text\":\"see\",\"msgId\":\"m-" + id + "\",\"attachments\":[{\"id\":\"" + id
                                + "\"}]}")
                .is(201);
        return PATH + "/" + id + "?conversationId=alice~bob&from=alice&msgId=m-" + id;
    }

    @Test
    void aFileIsUploadedAndReadByItsOwner() {
        RestAnswer answer = post("alice", "?name=our%20boat.gif", GIF).is(201);
        String id = answer.json().get("id").asText();

        assertThat(answer.header("Location")).isEqualTo(PATH + "/" + id);
        assertThat(answer.json().get("name").asText()).isEqualTo("our boat.gif");
        assertThat(answer.json().get("type").asText()).isEqualTo("image/gif");
        assertThat(answer.json().get("bytes").asLong()).isEqualTo(GIF.length());
        assertThat(server.as("alice").get(PATH + "/" + id).is(200).raw().body()).isEqualTo(GIF);
        server.as("bob").get(PATH + "/" + id).isProblem(404, "not_found");
    }

    @Test
    void theLimitsAreToldBeforeAnUpload() {
        JsonNode limits = server.as("alice").get(PATH).is(200).json();
        assertThat(limits.get("maxBytes").asLong()).isEqualTo(LIMITS.maxBytes());
        assertThat(limits.get("maxFiles").asInt()).isEqualTo(10);
    }

    @Test
    void G12_onlyReadersOfTheMessageReadItsFile() {
        String path = sent("boat.gif", GIF);

        assertThat(server.as("bob").get(path).is(200).raw().body()).isEqualTo(GIF);
        assertThat(server.as("alice").get(path).is(200).raw().body()).isEqualTo(GIF);
        server.as("carol").get(path).isProblem(404, "not_found");
        server.as("carol").get(path.replace("alice~bob", "alice~carol")).isProblem(404, "not_found");
        server.as("bob").get(path.replace("msgId=m-", "msgId=n-")).isProblem(404, "not_found");
        server.as("bob").get(path.replace("&from=alice", "")).isProblem(400, "bad_request");
        server.client().wrong().get(path).isProblem(401, "unauthorized");
    }

    @Test
    void G17_theFileOfADeletedMessageIsGone() {
        String path = sent("boat.gif", GIF);
        String id = path.substring(PATH.length() + 1, path.indexOf('?'));

        server.as("alice")
                .delete("/v1/call-logs/alice~bob/messages/alice/m-" + id)
                .is(200);

        server.as("bob").get(path).isProblem(404, "not_found");
        assertThat(server.as("bob")
                        .with("If-None-Match", '"' + id + '"')
                        .get(path)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aFileIsServedSafelyAndMayBeCached() {
        RestAnswer shown = server.as("bob").get(sent("boat.gif", GIF)).is(200);
        assertThat(shown.header("Content-Type")).isEqualTo("image/gif");
        assertThat(shown.header("Content-Disposition")).startsWith("inline; filename=\"boat.gif\"");
        assertThat(shown.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(shown.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(shown.header("Cache-Control")).isEqualTo("private, max-age=86400, immutable");
        assertThat(shown.raw().headers().allValues("Vary")).contains("Authorization");
        assertThat(shown.header("Accept-Ranges")).isEqualTo("bytes");

        RestAnswer page = server.as("bob")
                .get(sent("page.html", "<script>alert(1)</script>"))
                .is(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/plain");
        assertThat(page.header("Content-Disposition")).startsWith("attachment; filename=\"page.html\"");
    }

    @Test
    void aNameIsForPeopleAndLeadsNowhere() {
        String id = upload("alice", "..%2F%EC%95%88%22%25%5C.png", GIF);

        assertThat(server.as("alice").get(PATH + "/" + id).header("Content-Disposition"))
                .isEqualTo("inline; filename=\".._____.png\"; filename*=UTF-8''.._%EC%95%88%22%25_.png");
    }

    @Test
    void aKnownFileIsNotSentAgain() {
        String path = sent("boat.gif", GIF);
        String tag = server.as("bob").get(path).header("ETag");

        RestAnswer known = server.as("bob").with("If-None-Match", tag).get(path).is(304);
        assertThat(known.raw().body()).isEmpty();
        assertThat(known.header("ETag")).isEqualTo(tag);
        server.as("bob")
                .with("If-None-Match", "\"another\", W/" + tag)
                .get(path)
                .is(304);
        server.as("bob").with("If-None-Match", "\"another\"").get(path).is(200);
        RestAnswer head = server.as("bob").send("HEAD", path, null).is(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(GIF.length()));
        assertThat(head.header("ETag")).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-4, 206, GIF89, bytes 0-4/17",
        "bytes=7-, 206, 0123456789, bytes 7-16/17",
        "bytes=-3, 206, 789, bytes 14-16/17",
        "bytes=16-99, 206, 9, bytes 16-16/17",
        "bytes=-99, 206, GIF89a 0123456789, bytes 0-16/17",
        "bytes=17-, 416, '', bytes */17",
        "bytes=-0, 416, '', bytes */17",
        "bytes=5-4, 200, GIF89a 0123456789, ''",
        "'bytes=0-1,3-4', 200, GIF89a 0123456789, ''",
        "lines=0-1, 200, GIF89a 0123456789, ''",
        "bytes=-, 200, GIF89a 0123456789, ''",
        "bytes=99999999999999999999-, 200, GIF89a 0123456789, ''",
    })
    void oneRangeOfAFileIsServed(String range, int status, String content, String described) {
        RestAnswer answer = server.as("bob").with("Range", range).get(sent("boat.gif", GIF));

        if (status == 416) {
            answer.isProblem(416, "bad_request");
        } else {
            assertThat(answer.is(status).raw().body()).isEqualTo(content);
            assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(content.length()));
        }
        assertThat(answer.header("Content-Range")).isEqualTo(described);
    }

    @Test
    void aRangeOfAnotherFileIsTheWholeFile() {
        String path = sent("boat.gif", GIF);
        String tag = server.as("bob").get(path).header("ETag");
        RestClient bob = server.as("bob").with("Range", "bytes=0-0");

        assertThat(bob.with("If-Range", tag).get(path).is(206).raw().body()).isEqualTo("G");
        assertThat(bob.with("If-Range", "\"another\"").get(path).is(200).raw().body())
                .isEqualTo(GIF);
        assertThat(bob.with("If-Range", "W/" + tag).get(path).is(200).raw().body())
                .isEqualTo(GIF);
    }

    @Test
    void anEmptyFileIsServed() {
        String id = upload("alice", "empty", "");
        RestAnswer answer = server.as("alice").get(PATH + "/" + id).is(200);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        server.as("alice").with("Range", "bytes=0-").get(PATH + "/" + id).isProblem(416, "bad_request");
    }

    @Test
    void onlyTheOwnerDeletesAFileAndOnlyWithoutAMessage() {
        String id = upload("alice", "draft", GIF);
        server.as("bob").delete(PATH + "/" + id).isProblem(404, "not_found");
        server.as("alice").delete(PATH + "/" + id).is(204);
        server.as("alice").delete(PATH + "/" + id).isProblem(404, "not_found");

        String path = sent("boat.gif", GIF);
        String file = path.substring(0, path.indexOf('?'));
        server.as("alice").delete(file).isProblem(403, "forbidden");
        server.as("alice").delete(path).isProblem(403, "forbidden");
        server.as("bob").delete(path).isProblem(404, "not_found");
        server.as("alice").delete(file + "?msgId=m-1").isProblem(400, "bad_request");
        server.as("bob").get(path).is(200);
    }

    @Test
    void G18_filesUpToTheLimitsAreTakenAndOneByteMoreIsRefused() {
        upload("gwen", "largest", "x".repeat(100_000));
        RestAnswer larger = post("gwen", "?name=larger", "x".repeat(100_001)).isProblem(413, "too_large");
        assertThat(larger.json().get("detail").asText()).contains("100000 bytes");
        for (int i = 1; i < 10; i++) {
            upload("gwen", "another" + i, "x".repeat(100_000));
        }
        post("gwen", "?name=beyond-the-quota", "x".repeat(50_001)).isProblem(413, "too_large");
        upload("gwen", "rest-of-the-quota", "x".repeat(50_000));
        post("gwen", "?name=nothing-more", "").isProblem(413, "too_large");
        upload("hugo", "of-somebody-else", "x".repeat(100_000));
    }

    @Test
    void G13_anUploadOfAnotherFormIsRefused() {
        RestClient alice = server.as("alice").wrong();
        for (String type : List.of("multipart/form-data; boundary=x", "application/x-www-form-urlencoded")) {
            RestAnswer form = alice.with("Content-Type", type).send("POST", PATH, "a=b");
            assertThat(form.isProblem(415, "bad_request").json().get("detail").asText())
                    .contains("not a form");
        }
        alice.with("Content-Encoding", "gzip").send("POST", PATH, "x").isProblem(415, "bad_request");
        alice.send("POST", PATH + "?name=a%0ab", "x").isProblem(400, "bad_request");
        alice.send("POST", PATH + "/below", "x").isProblem(405, "bad_request");
        alice.send("POST", PATH + "/", "x").isProblem(404, "not_found");
        assertThat(alice.send("PUT", PATH, "x").isProblem(405, "bad_request").header("Allow"))
                .isEqualTo("GET, HEAD, POST");
        alice.send("POST", "/v1", "x").isProblem(404, "not_found");
    }

    @Test
    void withoutAStoreNobodyUploads() {
        try (RestTestServer none = new RestTestServer()) {
            JsonNode limits = none.as("alice").get(PATH).is(200).json();
            assertThat(limits.get("maxBytes").asLong()).isZero();
            none.as("alice")
                    .with("Content-Type", "application/octet-stream")
                    .send("POST", PATH, GIF)
                    .isProblem(403, "forbidden");
        }
    }

    private static RawSocket begun(String user, String fields) throws IOException {
        RawSocket raw = new RawSocket(server.server.port());
        raw.write("POST /v1/attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer token-" + user + "\r\n" + fields
                + "\r\n");
        return raw;
    }

    private static String problem(RawSocket raw, int status) throws IOException {
        String head = raw.head();
        assertThat(head).startsWith("HTTP/1.1 " + status).contains("connection: close");
        int length = Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        return new String(raw.read(length), StandardCharsets.UTF_8);
    }

    @Test
    void G13_aRefusalComesBeforeTheBody() throws Exception {
        try (RawSocket raw = begun("alice", "Content-Length: 100001\r\n")) {
            assertThat(problem(raw, 413)).contains("too_large");
            assertThat(raw.isEnded()).isTrue();
        }
        try (RawSocket raw = begun("alice", "Expect: 100-continue\r\nContent-Length: 100001\r\n")) {
            assertThat(problem(raw, 413)).contains("too_large");
        }
        try (RawSocket raw = new RawSocket(server.server.port())) {
            raw.write("POST /v1/attachments HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            assertThat(problem(raw, 401)).contains("unauthorized");
        }
    }

    @Test
    void G18_aBodyWithoutLengthIsRefusedAtTheLimit() throws Exception {
        try (RawSocket raw = begun("alice", "Transfer-Encoding: chunked\r\n")) {
            raw.write("186a0\r\n" + "x".repeat(100_000) + "\r\n");
            raw.write("1\r\nx\r\n");
            assertThat(problem(raw, 413)).contains("too_large");
        }
    }

    @Test
    void G13_uploadsOfAUserAreFewAtOnceAndEndWithTheirConnection() throws Exception {
        List<RawSocket> open = new ArrayList<>();
        for (int i = 0; i < Attachments.MAX_UPLOADS; i++) {
            RawSocket raw = begun("uma", "Expect: 100-continue\r\nContent-Length: 10\r\n");
            open.add(raw);
            assertThat(raw.head()).startsWith("HTTP/1.1 100");
        }
        assertThat(post("uma", "?name=more", "x").isProblem(429, "rate_limited").header("Retry-After"))
                .isEqualTo("1");
        upload("bob", "of-somebody-else", "x");

        open.remove(0).reset();
        while (post("uma", "?name=more", "x").status() == 429) {
            Thread.onSpinWait();
        }
        open.get(0).write("0123456789");
        assertThat(open.get(0).head()).startsWith("HTTP/1.1 201");
        for (RawSocket each : open) {
            each.close();
        }
    }
}
