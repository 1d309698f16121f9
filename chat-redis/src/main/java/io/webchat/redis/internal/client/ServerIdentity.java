package io.webchat.redis.internal.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * The server behind a connection.
 *
 * @param incarnation eight characters that change whenever the server's data may have gone back: with each start of its
 *     process, and with each promotion of a replica
 * @param millisAhead the milliseconds by which its clock is ahead of this machine's
 */
public record ServerIdentity(String incarnation, long millisAhead) {
    /** The length of an incarnation. */
    public static final int LENGTH = 8;

    /** For commands that do not depend on the server. */
    public static final ServerIdentity UNKNOWN = new ServerIdentity("0".repeat(LENGTH), 0);

    /**
     * Reads the text of INFO. {@code run_id} names the process. {@code master_replid2} is the history that the server
     * followed before its last promotion: a master that was demoted, took over the data of its successor, and was
     * promoted again has the same {@code run_id}.
     */
    static ServerIdentity of(String info, long millisAhead) {
        String all = info.lines()
                .filter(line -> line.startsWith("run_id:") || line.startsWith("master_replid2:"))
                .collect(Collectors.joining(" "));
        return new ServerIdentity(digest(all), millisAhead);
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(sha, LENGTH / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
