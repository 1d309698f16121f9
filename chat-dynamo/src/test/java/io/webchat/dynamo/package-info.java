/** Tests of the adapters for DynamoDB, on DynamoDB Local. */
@NullMarked
package io.webchat.dynamo;

import org.jspecify.annotations.NullMarked;
