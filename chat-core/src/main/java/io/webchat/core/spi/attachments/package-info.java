/**
 * The store of the files that messages refer to: {@link io.webchat.core.spi.attachments.AttachmentStore}.
 */
@NullMarked
package io.webchat.core.spi.attachments;

import org.jspecify.annotations.NullMarked;
