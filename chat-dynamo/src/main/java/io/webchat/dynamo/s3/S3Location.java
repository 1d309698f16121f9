package io.webchat.dynamo.s3;

import java.util.regex.Pattern;

/**
 * The place of the files: a bucket, and a prefix of all keys in it.
 *
 * @param bucket the name of the bucket
 * @param prefix the beginning of each key, such as {@code chat/}; it may be empty
 */
public record S3Location(String bucket, String prefix) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("|[A-Za-z0-9._/-]{0,199}/");

    /**
     * Checks both names.
     *
     * @throws IllegalArgumentException if one is not valid
     */
    public S3Location {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("the bucket must have 3 to 63 of a-z, 0-9, . and -, not " + bucket);
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "the prefix must have up to 200 of A-Z, a-z, 0-9, . _ - and /, with / at its end, not " + prefix);
        }
    }

    /**
     * Returns the place from {@code bucket} or {@code bucket/prefix}.
     *
     * @throws IllegalArgumentException if a name is not valid
     */
    public static S3Location parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new S3Location(text, "");
        }
        String prefix = text.substring(slash + 1);
        boolean complete = prefix.isEmpty() || prefix.endsWith("/");
        return new S3Location(text.substring(0, slash), complete ? prefix : prefix + "/");
    }

    @Override
    public String toString() {
        return bucket + "/" + prefix;
    }
}
