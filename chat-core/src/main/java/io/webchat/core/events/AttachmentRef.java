package io.webchat.core.events;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.AttachmentId;

/**
 * A file that a message names. The author gives its id and, as a hint for clients, the size of a picture or a film on
 * the screen. The server takes name, type and bytes from its store of files when it accepts the message. It ignores
 * those that an author gives.
 *
 * <pre>{@code
 * Message.from(alice).to(bob).text("our boat").attachments(AttachmentRef.of(file.id()).withPixels(1200, 800)).build();
 * }</pre>
 *
 * @param id the id of the file
 * @param name its name, as its owner calls it; empty for none
 * @param type its media type, found from its content; empty until the server has accepted the message
 * @param bytes its size; 0 until the server has accepted the message
 * @param width the author's hint for its width in pixels, 1 to {@link #MAX_PIXELS}; 0 for none
 * @param height the author's hint for its height in pixels, 1 to {@link #MAX_PIXELS}; 0 for none
 */
public record AttachmentRef(AttachmentId id, String name, String type, long bytes, int width, int height) {
    /** The largest width and height. */
    public static final int MAX_PIXELS = 100_000;

    /** About the heap of a reference beside its characters: four objects, and the arrays of three strings. */
    private static final int OBJECTS = 240;

    /**
     * Checks width and height.
     *
     * @throws ChatException {@code bad_request} when one is out of range
     */
    public AttachmentRef {
        checkPixels("width", width);
        checkPixels("height", height);
    }

    /** A reference to the file with this id. */
    public static AttachmentRef of(AttachmentId id) {
        return new AttachmentRef(id, "", "", 0, 0, 0);
    }

    /**
     * Returns the reference with these hints.
     *
     * @throws ChatException {@code bad_request} when one is out of range
     */
    public AttachmentRef withPixels(int pixelsWide, int pixelsHigh) {
        return new AttachmentRef(id, name, type, bytes, pixelsWide, pixelsHigh);
    }

    /** Returns the reference to the same file with what the store knows of it. */
    public AttachmentRef withFile(String fileName, String mediaType, long size) {
        return new AttachmentRef(id, fileName, mediaType, size, width, height);
    }

    private static void checkPixels(String field, int pixels) {
        if (pixels < 0 || pixels > MAX_PIXELS) {
            throw badPixels(field);
        }
    }

    static ChatException badPixels(String field) {
        return new ChatException(
                ErrorCode.BAD_REQUEST, AttachmentFields.NAME + "." + field + " must be 1 to " + MAX_PIXELS);
    }

    /** About its size, for budgets of memory. */
    int length() {
        return OBJECTS + id.value().length() + name.length() + type.length();
    }
}
