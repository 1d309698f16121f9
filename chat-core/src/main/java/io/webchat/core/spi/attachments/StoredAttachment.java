package io.webchat.core.spi.attachments;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;

/**
 * An uploaded file.
 *
 * @param id its id
 * @param owner the user who uploaded it
 * @param name its name, as the owner calls it
 * @param type its media type, found from its content by {@link io.webchat.core.spi.support.ContentTypes}; never the
 *     owner's word
 * @param bytes its size
 * @param createdAt the time when its upload began, Unix milliseconds
 */
public record StoredAttachment(AttachmentId id, UserId owner, String name, String type, long bytes, long createdAt) {}
