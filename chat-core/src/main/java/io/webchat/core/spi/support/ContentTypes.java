package io.webchat.core.spi.support;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the media type of a file by its first bytes. It knows images, sound, films and documents that browsers show or
 * phones make. Pages with code (HTML, SVG) are never found: they are plain text.
 */
public final class ContentTypes {
    /** The number of bytes from the begin of a file that it looks at. */
    public static final int HEAD_BYTES = 512;

    /** The type of a file of which nothing is known. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final int BRAND = 8;

    /**
     * A file of this type has these bytes here.
     *
     * @param at the position of the bytes
     */
    private record Signature(String type, int at, String bytes) {
        boolean matches(String head) {
            return head.startsWith(bytes, at);
        }
    }

    private static final List<Signature> SIGNATURES = List.of(
            new Signature("image/png", 0, "\u0089PNG\r\n\u001a\n"),
            new Signature("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
            new Signature("image/gif", 0, "GIF87a"),
            new Signature("image/gif", 0, "GIF89a"),
            new Signature("application/pdf", 0, "%PDF-"),
            new Signature("audio/ogg", 0, "OggS"),
            new Signature("audio/flac", 0, "fLaC"),
            new Signature("audio/mpeg", 0, "ID3"),
            new Signature("audio/mpeg", 0, "\u00ff\u00fb"),
            new Signature("audio/mpeg", 0, "\u00ff\u00f3"),
            new Signature("audio/mpeg", 0, "\u00ff\u00f2"),
            new Signature("application/zip", 0, "PK\u0003\u0004"),
            new Signature("application/gzip", 0, "\u001f\u008b"));

    private static final Map<String, String> RIFF = Map.of("WEBP", "image/webp", "WAVE", "audio/wav");

    /** The brands of the ISO base media format that are not films. */
    private static final Map<String, String> BRANDS = Map.of(
            "qt  ", "video/quicktime",
            "M4A ", "audio/mp4",
            "heic", "image/heic",
            "heix", "image/heic",
            "mif1", "image/heic",
            "avif", "image/avif");

    private ContentTypes() {}

    /**
     * Returns the type of a file.
     *
     * @param head its first {@link #HEAD_BYTES} bytes, or all of a shorter file
     */
    public static String of(byte[] head) {
        // One character per byte.
        String bytes = new String(head, StandardCharsets.ISO_8859_1);
        for (Signature each : SIGNATURES) {
            if (each.matches(bytes)) {
                return each.type;
            }
        }
        String container = ofContainer(bytes);
        return container != null ? container : isText(head) ? "text/plain" : UNKNOWN;
    }

    private static @Nullable String ofContainer(String bytes) {
        boolean hasBrand = bytes.length() >= BRAND + 4;
        if (hasBrand && bytes.startsWith("RIFF")) {
            return RIFF.getOrDefault(bytes.substring(BRAND, BRAND + 4), UNKNOWN);
        }
        if (hasBrand && bytes.startsWith("ftyp", 4)) {
            return BRANDS.getOrDefault(bytes.substring(BRAND, BRAND + 4), "video/mp4");
        }
        if (bytes.startsWith("\u001aE\u00df\u00a3")) {
            return bytes.contains("webm") ? "video/webm" : "video/x-matroska";
        }
        return null;
    }

    /** Whether the bytes are UTF-8 without control characters; the last character may be cut off. */
    private static boolean isText(byte[] head) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(head.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(head), text, head.length < HEAD_BYTES);
        return !result.isError() && text.flip().chars().noneMatch(ContentTypes::isControl);
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r' && character != '\f';
    }
}
