package io.webchat.socketio.internal.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param length the number of bytes; 0 for a range that the file does not have
 */
record ByteRange(long from, long length) {
    // 18 digits fit into a long. A server may ignore the field, and ignores every other form of it.
    private static final Pattern SINGLE = Pattern.compile("(?i:bytes) *= *([0-9]{0,18}) *- *([0-9]{0,18})");

    /**
     * Parses the field {@code Range}.
     *
     * @param size the size of the file
     * @return empty if the field is to be ignored: it is malformed, or asks for several ranges
     */
    static Optional<ByteRange> parse(String field, long size) {
        Matcher range = SINGLE.matcher(field.strip());
        if (!range.matches()) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(suffix(Long.parseLong(last), size));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        return to < from ? Optional.empty() : Optional.of(of(from, to, size));
    }

    private static ByteRange suffix(long count, long size) {
        long length = Math.min(count, size);
        return new ByteRange(size - length, length);
    }

    private static ByteRange of(long from, long to, long size) {
        return from >= size ? new ByteRange(0, 0) : new ByteRange(from, Math.min(to, size - 1) - from + 1);
    }

    boolean isSatisfiable() {
        return length > 0;
    }

    /** Returns the value of {@code Content-Range}. */
    String describe(long size) {
        return isSatisfiable() ? "bytes " + from + "-" + (from + length - 1) + "/" + size : "bytes */" + size;
    }
}
