package io.webchat.redis.testing;

import java.nio.file.Path;

/**
 * What a client needs in order to trust the server's certificate.
 *
 * @param path a PKCS12 file
 * @param password opens it
 */
public record TrustStore(Path path, String password) {
    /** The type of the file, as {@link java.security.KeyStore} names it. */
    public static final String TYPE = "PKCS12";
}
