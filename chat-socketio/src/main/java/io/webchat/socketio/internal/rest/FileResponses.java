package io.webchat.socketio.internal.rest;

import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.socketio.http.HttpRequest;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.Problem;
import io.webchat.socketio.http.ResponseBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Makes the responses that carry a file, or a part of it. The file of another user is never trusted. */
final class FileResponses {
    /** How long a browser shows the file without asking again, whether the reader may still see it: a day. */
    private static final String CACHE = "private, max-age=86400, immutable";

    private FileResponses() {}

    /** Part of a file as the body of a response. */
    private record FileBody(AttachmentReader reader, ByteRange range) implements ResponseBody {
        @Override
        public long length() {
            return range.length();
        }

        @Override
        public CompletionStage<ByteBuffer> read(long position, int length) {
            return reader.read(range.from() + position, length);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** Returns the response to a request for a file. The body, or this method, closes the reader. */
    static HttpResponse of(HttpRequest request, AttachmentReader reader) {
        try {
            return answer(request, reader);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static HttpResponse answer(HttpRequest request, AttachmentReader reader) {
        StoredAttachment file = reader.file();
        String tag = '"' + file.id().value() + '"';
        if (isKnown(request, tag)) {
            reader.close();
            return withFields(HttpResponse.of(304), file, tag);
        }
        Optional<ByteRange> part = range(request, tag, file.bytes());
        if (part.isEmpty()) {
            return whole(reader, file, tag);
        }
        String described = part.get().describe(file.bytes());
        if (!part.get().isSatisfiable()) {
            reader.close();
            return Problem.of(416, "bad_request", "the file does not have this range", request.id())
                    .withHeader("Content-Range", described);
        }
        FileBody body = new FileBody(reader, part.get());
        return withFields(HttpResponse.of(206, file.type(), body), file, tag).withHeader("Content-Range", described);
    }

    private static HttpResponse whole(AttachmentReader reader, StoredAttachment file, String tag) {
        FileBody body = new FileBody(reader, new ByteRange(0, file.bytes()));
        return withFields(HttpResponse.of(200, file.type(), body), file, tag);
    }

    /** A file never changes, so its id is its tag, and every tag that is one of it is strong. */
    private static boolean isKnown(HttpRequest request, String tag) {
        return Arrays.stream(String.join(",", request.headers("If-None-Match")).split(",", -1))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }

    private static Optional<ByteRange> range(HttpRequest request, String tag, long size) {
        boolean same = request.header("If-Range").map(tag::equals).orElse(true);
        boolean read = request.method().equals("GET");
        return same && read ? request.header("Range").flatMap(field -> ByteRange.parse(field, size)) : Optional.empty();
    }

    private static HttpResponse withFields(HttpResponse response, StoredAttachment file, String tag) {
        return response.withHeader("ETag", tag)
                .withHeader("Accept-Ranges", "bytes")
                .withHeader("Cache-Control", CACHE)
                // Another user of the same browser must not get the file from its cache.
                .withHeader("Vary", "Authorization")
                .withHeader("Content-Disposition", ContentDisposition.of(file.type(), file.name()))
                .withHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    }
}
