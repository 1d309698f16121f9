/** Tests of the files in S3. */
@NullMarked
package io.webchat.dynamo.s3;

import org.jspecify.annotations.NullMarked;
