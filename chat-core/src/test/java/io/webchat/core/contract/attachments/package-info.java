/**
 * The contract suite of the attachment store, {@link
 * io.webchat.core.contract.attachments.AttachmentStoreContract}.
 */
@NullMarked
package io.webchat.core.contract.attachments;

import org.jspecify.annotations.NullMarked;
