package io.webchat.core.spi.attachments;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.time.Duration;

/**
 * The limits of an {@link AttachmentStore}. Each file counts for the quota as {@link #FILE_COST} bytes at least: a
 * store keeps more of a file than its bytes, so a user cannot have any number of empty ones.
 *
 * @param maxBytes the largest file, in bytes
 * @param quotaBytes the largest sum of one user's files, in bytes as {@link #charge} counts them
 * @param pendingAge the age after which a file is deleted that nobody has kept
 */
public record AttachmentLimits(long maxBytes, long quotaBytes, Duration pendingAge) {
    /** The bytes that a file counts at least: 16 KiB. */
    public static final long FILE_COST = 16 << 10;

    /** Files of 25 MiB, 1 GiB per user, and a day. */
    public static final AttachmentLimits DEFAULT = new AttachmentLimits(25L << 20, 1L << 30, Duration.ofDays(1));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when one is not positive, or the quota is below the largest file or below
     *     {@link #FILE_COST}
     */
    public AttachmentLimits {
        if (maxBytes < 1 || quotaBytes < charge(maxBytes) || pendingAge.isNegative() || pendingAge.isZero()) {
            throw new IllegalArgumentException("maxBytes must be 1 or more, quotaBytes at least maxBytes and "
                    + FILE_COST + ", and pendingAge above 0");
        }
    }

    /** Returns the bytes that a file of this size counts for the quota. */
    public static long charge(long bytes) {
        return Math.max(bytes, FILE_COST);
    }

    /**
     * Checks the size of a file.
     *
     * @param bytes its size so far
     * @param owned the sum of the owner's other files, each as {@link #charge} counts it
     * @throws ChatException {@code too_large} for a file or a sum above the limit
     */
    public void check(long bytes, long owned) {
        if (bytes > maxBytes) {
            throw new ChatException(ErrorCode.TOO_LARGE, "the file has more than " + maxBytes + " bytes, the limit");
        }
        if (owned + charge(bytes) > quotaBytes) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE,
                    "all files of this user have more than " + quotaBytes + " bytes, the limit; each counts as "
                            + FILE_COST + " at least");
        }
    }
}
