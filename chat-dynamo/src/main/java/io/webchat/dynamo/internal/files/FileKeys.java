package io.webchat.dynamo.internal.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.ShortDigest;
import java.util.Optional;

/**
 * The keys of the objects: {@code pending/<owner>/<id>} or {@code kept/<owner>/<id>} for the bytes, and {@code
 * use/<owner>/<id>} for the decision about them. The id begins with the owner's part, so an id leads to its objects.
 *
 * @param prefix the beginning of all keys
 */
public record FileKeys(String prefix) {
    /** The kind of an object. */
    enum Kind {
        /** The bytes of a file that no message has kept yet. */
        PENDING("pending/"),
        /** The bytes of a file of a message. */
        KEPT("kept/"),
        /** The message for which a file is kept, or that it is deleted. */
        USE("use/"),
        /** An object that tries what the store may do. */
        PROBE("probe/");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }
    }

    /** Returns the beginning of the keys of all objects of this kind. */
    String all(Kind kind) {
        return prefix + kind.folder;
    }

    /** Returns the beginning of the keys of one user's objects of this kind. */
    String of(Kind kind, UserId owner) {
        return all(kind) + ShortDigest.of(owner.value()) + "/";
    }

    /** Returns the key of a file's object of this kind. */
    String of(Kind kind, AttachmentId id) {
        return all(kind) + ownerPart(id).orElse("none") + "/" + id;
    }

    static AttachmentId newId(UserId owner) {
        return AttachmentId.of(ShortDigest.of(owner.value()) + AttachmentId.random());
    }

    /** Whether a file with this id belongs to this user. */
    static boolean isOf(UserId owner, AttachmentId id) {
        return ownerPart(id).equals(Optional.of(ShortDigest.of(owner.value())));
    }

    private static Optional<String> ownerPart(AttachmentId id) {
        String value = id.value();
        return value.length() > ShortDigest.LENGTH
                ? Optional.of(value.substring(0, ShortDigest.LENGTH))
                : Optional.empty();
    }

    /** Returns the id in a key. */
    static AttachmentId id(String key) {
        return AttachmentId.of(key.substring(key.lastIndexOf('/') + 1));
    }
}
