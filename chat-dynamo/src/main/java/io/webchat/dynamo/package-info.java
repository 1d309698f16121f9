/**
 * Adapters that keep call logs, rooms, profiles and offline queues in one DynamoDB table. {@link
 * io.webchat.dynamo.DynamoTable} creates the table and says what is wrong with it; the others share it. The host makes
 * the {@code DynamoDbAsyncClient} and closes it.
 */
@NullMarked
package io.webchat.dynamo;

import org.jspecify.annotations.NullMarked;
