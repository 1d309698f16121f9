/**
 * Adapters that keep call logs, rooms and profiles in one DynamoDB table. {@link
 * io.webchat.dynamo.DynamoTable} creates the table and checks it; the stores share it. The host creates the {@code
 * DynamoDbAsyncClient} and closes it.
 */
@NullMarked
package io.webchat.dynamo;

import org.jspecify.annotations.NullMarked;
