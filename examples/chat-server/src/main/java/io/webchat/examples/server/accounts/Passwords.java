package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.concurrent.CompletionStage;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with bcrypt, on threads of its own: one hash takes tens of milliseconds of a processor. Those who
 * wait take turns by site and address, and who makes an account does not delay who signs in.
 */
final class Passwords implements AutoCloseable {
    private static final int MIN_CHARACTERS = 8;
    // bcrypt takes no more.
    private static final int MAX_BYTES = 72;
    // About two seconds of one processor, and about fifteen.
    private static final int MAX_WAITING_OF_ADDRESS = 32;
    private static final int MAX_WAITING = 256;

    private final PasswordEncoder encoder;
    private final FairExecutor threads;

    /** Networks and their sites have turns for each purpose. */
    private record Part(Object network, Purpose purpose) {}

    private enum Purpose {
        REGISTER,
        SIGN_IN
    }

    /**
     * Passwords hashed with this strength.
     *
     * @param strength the base-2 logarithm of bcrypt's rounds
     */
    Passwords(int strength) {
        encoder = new BCryptPasswordEncoder(strength);
        // Half of the processors: the rest is for those who are signed in.
        threads = new FairExecutor(
                "chat-server-passwords",
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                MAX_WAITING_OF_ADDRESS,
                MAX_WAITING);
    }

    /**
     * The one form in which keyboards of different systems give the same password (RFC 8265).
     *
     * @param field the name of its field, for the error
     * @throws ChatException {@code bad_request} when it cannot be the password of this user
     */
    static String normal(String field, String password, UserId user) {
        // A lone surrogate has no bytes of its own: all of them would be the same password.
        if (password.codePoints().anyMatch(Passwords::isForbidden)) {
            throw bad(field, "no control characters, and no half of a surrogate pair");
        }
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        if (normal.codePointCount(0, normal.length()) < MIN_CHARACTERS
                || normal.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw bad(field, MIN_CHARACTERS + " characters or more, and at most " + MAX_BYTES + " bytes");
        }
        if (normal.equalsIgnoreCase(user.value())) {
            throw bad(field, "anything but the user id");
        }
        return normal;
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static ChatException bad(String field, String rule) {
        return new ChatException(ErrorCode.BAD_REQUEST, field + ": " + rule);
    }

    /** Hashes a new password with a salt of its own. */
    CompletionStage<String> hash(String password, Network from) {
        return threads.submit(turn(from, Purpose.REGISTER), () -> encoder.encode(password));
    }

    /** Whether the hash is of this password; takes as long as {@link #hash}. */
    CompletionStage<Boolean> matches(String password, String hash, Network from) {
        return threads.submit(turn(from, Purpose.SIGN_IN), () -> encoder.matches(password, hash));
    }

    private static TurnQueue.Turn turn(Network from, Purpose purpose) {
        return new TurnQueue.Turn(new Part(from.site(), purpose), new Part(from, purpose));
    }

    /** Ends the threads. Waiting checks never run. */
    @Override
    public void close() {
        threads.close();
    }
}
