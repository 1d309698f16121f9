/** Adapters that keep the call log, and where wanted the offline queues, in DynamoDB. */
@NullMarked
package io.webchat.dynamo;

import org.jspecify.annotations.NullMarked;
