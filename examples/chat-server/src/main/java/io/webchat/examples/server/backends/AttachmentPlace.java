package io.webchat.examples.server.backends;

import io.webchat.dynamo.s3.S3Location;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The place of the files of messages: a folder, or a bucket. Neither means that the server's other options decide.
 *
 * @param folder the folder; null for none
 * @param bucket the bucket; null for none
 */
public record AttachmentPlace(
        @Nullable Path folder, @Nullable S3Location bucket) {
    private static final String S3 = "s3://";

    /**
     * The value of the option.
     *
     * @throws IllegalArgumentException when it is no bucket and no path
     */
    public static AttachmentPlace of(String text) {
        if (text.startsWith(S3)) {
            return new AttachmentPlace(null, S3Location.parse(text.substring(S3.length())));
        }
        return new AttachmentPlace(text.isEmpty() ? null : Path.of(text), null);
    }

    /** Returns this place; without one, this folder. */
    public AttachmentPlace orIn(Path standard) {
        return folder == null && bucket == null ? new AttachmentPlace(standard, null) : this;
    }
}
