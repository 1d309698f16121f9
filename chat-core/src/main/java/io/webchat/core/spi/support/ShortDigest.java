package io.webchat.core.spi.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A name of fixed length for a text, for a store whose names have a limit. */
public final class ShortDigest {
    /** The characters of a digest. */
    public static final int LENGTH = 22;

    private static final int BYTES = 16;

    private ShortDigest() {}

    /** Returns the first 128 bits of SHA-256 over the text in UTF-8, as URL-safe Base64. */
    public static String of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
