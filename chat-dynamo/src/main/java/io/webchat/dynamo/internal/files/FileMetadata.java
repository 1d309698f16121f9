package io.webchat.dynamo.internal.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The record of a file: the type and the metadata of its object. */
final class FileMetadata {
    private static final String OWNER = "owner";
    private static final String NAME = "name";
    private static final String CREATED_AT = "created-at";

    private FileMetadata() {}

    /** Returns the metadata, which S3 carries in header fields: only ASCII arrives unchanged. */
    static Map<String, String> of(UserId owner, String name, long createdAt) {
        return Map.of(
                OWNER,
                owner.value(),
                NAME,
                Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8)),
                CREATED_AT,
                Long.toString(createdAt));
    }

    /** Returns the file that an object is. */
    static StoredAttachment file(AttachmentId id, HeadObjectResponse object) {
        return new StoredAttachment(
                id,
                UserId.of(field(object, OWNER)),
                new String(Base64.getUrlDecoder().decode(field(object, NAME)), StandardCharsets.UTF_8),
                object.contentType(),
                object.contentLength(),
                Long.parseLong(field(object, CREATED_AT)));
    }

    private static String field(HeadObjectResponse object, String name) {
        String value = object.metadata().get(name);
        if (value == null) {
            throw new IllegalStateException("an object in the bucket has no metadata " + name + ": no file of a chat");
        }
        return value;
    }
}
