package io.webchat.examples.server.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * The key with which this server identifies itself to push services (VAPID, RFC 8292). A browser takes pushes only of
 * the key with which it subscribed, so all nodes with the same users have the same one. Safe for use by any number of
 * threads.
 */
public final class VapidKey {
    /** Push services take no signature that is good for more than 24 hours. */
    private static final int GOOD_HOURS = 12;

    private static final Duration KEPT = Duration.ofHours(6);
    private static final int MAX_ORIGINS = 1_000;

    private final VAPIDKeyPair pair;
    private final String contact;
    /** Signing anew for each push would cost more than all the rest of it. */
    private final Cache<String, String> byOrigin = Caffeine.newBuilder()
            .maximumSize(MAX_ORIGINS)
            .expireAfterWrite(KEPT)
            .build();

    private VapidKey(VAPIDKeyPair pair, String contact) {
        this.pair = pair;
        this.contact = contact;
    }

    /** The text of a new key. */
    public static String fresh() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
            keys.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = keys.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            return base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                    + base64.encodeToString(pair.getPublic().getEncoded()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of today has the curve P-256", e);
        }
    }

    /**
     * The key of a text.
     *
     * @param text what {@link #fresh} made: the private key (PKCS #8) and the public one (X.509), each a line in base64
     * @param contact a {@code mailto:} or {@code https:} address at which push services reach the operator; empty for
     *     none
     * @throws IllegalArgumentException when the text is no key
     */
    public static VapidKey of(String text, String contact) {
        String[] lines = text.strip().split("\n", -1);
        if (lines.length != 2) {
            throw new IllegalArgumentException("the key of pushes must be two lines, not " + lines.length);
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            VAPIDKeyPair pair = VAPIDKeyPairs.of(
                    PrivateKeySources.ofPKCS8Bytes(base64.decode(lines[0].strip())),
                    PublicKeySources.ofX509Bytes(base64.decode(lines[1].strip())));
            return new VapidKey(pair, contact);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the key of pushes is damaged: restore push.key (or the text of the accounts), or delete it", e);
        }
    }

    /** The public key, as browsers want it to subscribe: uncompressed, in base64url. */
    public String publicKey() {
        return pair.extractPublicKeyInUncompressedFormAsString();
    }

    /** The {@code Authorization} of a push to this endpoint. */
    String authorization(URI endpoint) {
        return byOrigin.get(endpoint.getScheme() + "://" + endpoint.getAuthority(), this::sign);
    }

    private String sign(String origin) {
        VAPIDJWTParam.Builder claims =
                VAPIDJWTParam.getBuilder().resourceURLString(origin).expiresAfter(GOOD_HOURS, TimeUnit.HOURS);
        if (!contact.isEmpty()) {
            claims.subject(contact);
        }
        return pair.generateAuthorizationHeaderValue(claims.build());
    }
}
