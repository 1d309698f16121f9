package io.webchat.examples.server.push;

import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.key.InvalidECPublicKeyException;
import com.zerodeplibs.webpush.key.KeyExtractionException;
import com.zerodeplibs.webpush.key.MalformedUncompressedBytesException;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.Base64;

/**
 * The keys of a subscription, which a browser makes. They are the browser's secret, and its user's.
 *
 * @param p256dh its public key on the curve P-256, uncompressed, in base64url
 * @param auth the secret that authenticates pushes, 16 bytes in base64url
 */
public record PushKeys(String p256dh, String auth) {
    private static final int PUBLIC_KEY_BYTES = 65;
    private static final int AUTH_BYTES = 16;

    /**
     * Checks the keys.
     *
     * @throws ChatException {@code bad_request} when one is no key of its kind
     */
    public PushKeys {
        bytes("keys.auth", auth, AUTH_BYTES);
        bytes("keys.p256dh", p256dh, PUBLIC_KEY_BYTES);
        try {
            // Refuses a point that is not on the curve.
            UserAgentMessageEncryptionKeyInfo.of(p256dh, auth);
        } catch (InvalidECPublicKeyException | MalformedUncompressedBytesException | KeyExtractionException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, "keys.p256dh is no public key on the curve P-256", e);
        }
    }

    private static byte[] bytes(String name, String text, int count) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == count) {
                return bytes;
            }
            throw new ChatException(
                    ErrorCode.BAD_REQUEST, name + " must be " + count + " bytes in base64url, not " + bytes.length);
        } catch (IllegalArgumentException e) {
            throw new ChatException(ErrorCode.BAD_REQUEST, name + " must be base64url", e);
        }
    }

    /** The secret that authenticates pushes. */
    byte[] authBytes() {
        return bytes("keys.auth", auth, AUTH_BYTES);
    }

    /** The keys as the encryption takes them. */
    UserAgentMessageEncryptionKeyInfo forEncryption() {
        return UserAgentMessageEncryptionKeyInfo.of(p256dh, auth);
    }

    /** Names no key. */
    @Override
    public String toString() {
        return "PushKeys";
    }
}
