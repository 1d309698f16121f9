package io.webchat.socketio.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The files of messages: their place and their limits. Without a place nobody can upload files. A bean of type {@code
 * AttachmentStore} takes the place of all of these, and one of type {@code AttachmentLimits} that of the limits.
 *
 * @param memory whether files are in the memory of this node, for tests and trials
 * @param folder the folder that holds the files; all nodes share it
 * @param bucket the bucket of S3 that holds the files, such as my-bucket or my-bucket/prefix; it needs chat-dynamo and
 *     software.amazon.awssdk:s3
 * @param maxSize the size of the largest file
 * @param quota the size of all files of one user together; each counts as 16 KiB at least
 * @param pendingAge the age after which a file is deleted that no message names
 */
@ConfigurationProperties("webchat.attachments")
public record AttachmentProperties(
        @DefaultValue("false") boolean memory,
        @Nullable String folder,
        @Nullable String bucket,
        @DefaultValue("25MB") DataSize maxSize,
        @DefaultValue("1GB") DataSize quota,
        @DefaultValue("1d") Duration pendingAge) {
    /**
     * Checks the place.
     *
     * @throws IllegalArgumentException when there are several, or one without a name
     */
    public AttachmentProperties {
        requireName("folder", folder);
        requireName("bucket", bucket);
        boolean named = folder != null || bucket != null;
        if ((memory && named) || (folder != null && bucket != null)) {
            throw new IllegalArgumentException("set one of webchat.attachments.memory, folder and bucket");
        }
    }

    private static void requireName(String property, @Nullable String name) {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("webchat.attachments." + property + " is empty");
        }
    }
}
