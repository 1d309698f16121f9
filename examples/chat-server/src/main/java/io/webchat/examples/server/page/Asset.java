package io.webchat.examples.server.page;

import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A text file of the page, as it is and compressed. */
final class Asset {
    static final String IMMUTABLE = "public, max-age=31536000, immutable";
    static final String REVALIDATED = "no-cache";
    private static final int HASH_BYTES = 8;

    private final String type;
    private final byte[] plain;
    private final byte[] compressed;
    private final String hash;

    Asset(String type, String text) {
        this.type = type + "; charset=utf-8";
        plain = text.getBytes(StandardCharsets.UTF_8);
        compressed = compress(plain);
        hash = HexFormat.of().formatHex(sha256(plain), 0, HASH_BYTES);
    }

    /** What tells this file from another one, and from its next version. */
    String hash() {
        return hash;
    }

    /** The answer to a request for this file; 304 if the client has it. */
    HttpResponse answer(HttpRequest request, String caching) {
        String tag = '"' + hash + '"';
        boolean unchanged =
                request.header("If-None-Match").map(sent -> sent.contains(tag)).orElse(false);
        HttpResponse response = unchanged ? HttpResponse.of(304) : content(request);
        return response.withHeader("ETag", tag)
                .withHeader("Vary", "Accept-Encoding")
                .withHeader("Cache-Control", caching)
                .withHeader("X-Content-Type-Options", "nosniff");
    }

    private HttpResponse content(HttpRequest request) {
        boolean gzip = request.header("Accept-Encoding")
                .map(sent -> sent.matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$)).*"))
                .orElse(false);
        return gzip
                ? HttpResponse.of(200, type, compressed).withHeader("Content-Encoding", "gzip")
                : HttpResponse.of(200, type, plain);
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
