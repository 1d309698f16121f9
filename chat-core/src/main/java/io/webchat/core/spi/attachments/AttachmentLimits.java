package io.webchat.core.spi.attachments;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.time.Duration;

/**
 * The limits of an {@link AttachmentStore}.
 *
 * @param maxBytes the largest file, in bytes
 * @param quotaBytes the largest sum of one user's files, in bytes
 * @param pendingAge the age after which a file is deleted that nobody has kept
 */
public record AttachmentLimits(long maxBytes, long quotaBytes, Duration pendingAge) {
    /** Files of 25 MiB, 1 GiB per user, and a day. */
    public static final AttachmentLimits DEFAULT = new AttachmentLimits(25L << 20, 1L << 30, Duration.ofDays(1));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when one is not positive, or the quota is below the largest file
     */
    public AttachmentLimits {
        if (maxBytes < 1 || quotaBytes < maxBytes || pendingAge.isNegative() || pendingAge.isZero()) {
            throw new IllegalArgumentException(
                    "maxBytes must be 1 or more, quotaBytes at least maxBytes, and pendingAge above 0");
        }
    }

    /**
     * Checks the size of a file.
     *
     * @param bytes its size so far
     * @param owned the sum of the owner's other files
     * @throws ChatException {@code too_large} for a file or a sum above the limit
     */
    public void check(long bytes, long owned) {
        if (bytes > maxBytes) {
            throw new ChatException(ErrorCode.TOO_LARGE, "the file has more than " + maxBytes + " bytes, the limit");
        }
        if (owned + Math.max(bytes, 1) > quotaBytes) {
            throw new ChatException(
                    ErrorCode.TOO_LARGE, "all files of this user have more than " + quotaBytes + " bytes, the limit");
        }
    }
}
