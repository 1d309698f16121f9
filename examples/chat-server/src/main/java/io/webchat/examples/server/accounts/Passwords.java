package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with bcrypt, on threads of its own: one hash takes tens of milliseconds of a processor. How many
 * wait is the caller's to limit.
 */
final class Passwords implements AutoCloseable {
    private static final int MIN_CHARACTERS = 8;
    // bcrypt takes no more.
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder;
    private final ExecutorService threads;

    /**
     * Starts the threads.
     *
     * @param strength the base-2 logarithm of bcrypt's rounds
     */
    Passwords(int strength) {
        encoder = new BCryptPasswordEncoder(strength);
        // Half of the processors: the rest is for those who are signed in.
        threads = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Passwords::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "chat-server-passwords");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The one form in which keyboards of different systems give the same password (RFC 8265).
     *
     * @throws ChatException {@code bad_request} when it cannot be a password
     */
    static String normal(String password) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
        if (normal.codePointCount(0, normal.length()) < MIN_CHARACTERS
                || normal.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new ChatException(
                    ErrorCode.BAD_REQUEST,
                    "password: " + MIN_CHARACTERS + " characters or more, and at most " + MAX_BYTES + " bytes");
        }
        return normal;
    }

    /** Hashes a password with a salt of its own. */
    CompletionStage<String> hash(String password) {
        return CompletableFuture.supplyAsync(() -> encoder.encode(password), threads);
    }

    /** Whether the hash is of this password; takes as long as {@link #hash}. */
    CompletionStage<Boolean> matches(String password, String hash) {
        return CompletableFuture.supplyAsync(() -> encoder.matches(password, hash), threads);
    }

    /** Ends the threads. Waiting checks never run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
