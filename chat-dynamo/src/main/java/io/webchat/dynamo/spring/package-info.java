/**
 * DynamoDB and S3 for a chat in an application on Spring Boot 3.5 or 4: {@code webchat.dynamo.table} and {@code
 * webchat.attachments.bucket} are enough.
 */
@NullMarked
package io.webchat.dynamo.spring;

import org.jspecify.annotations.NullMarked;
