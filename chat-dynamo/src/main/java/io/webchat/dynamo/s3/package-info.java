/** Files of messages in S3, or in a store that speaks its protocol. */
@NullMarked
package io.webchat.dynamo.s3;

import org.jspecify.annotations.NullMarked;
