/** The machinery of {@link io.webchat.dynamo.s3.S3AttachmentStore}: keys, requests, uploads and reads. */
@NullMarked
package io.webchat.dynamo.internal.files;

import org.jspecify.annotations.NullMarked;
