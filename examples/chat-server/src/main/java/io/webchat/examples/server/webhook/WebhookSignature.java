package io.webchat.examples.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs posts: {@code t=<Unix seconds>,v1=<hex>}, HMAC-SHA256 over the time, a full stop and the body. */
final class WebhookSignature {
    /** The header of the signature. */
    static final String HEADER = "Webchat-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    WebhookSignature(byte[] secret) {
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Returns the value of the header for a post at this time. */
    String of(long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
