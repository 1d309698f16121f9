package io.webchat.redis.testing;

import java.nio.file.Path;

/**
 * A file with the server's certificate, for clients that shall trust it.
 *
 * @param path a PKCS12 file
 * @param password opens it
 */
public record TrustStore(Path path, String password) {
    /** The type of the file, as {@link java.security.KeyStore} names it. */
    public static final String TYPE = "PKCS12";
}
