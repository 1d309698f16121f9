/**
 * Requests to the one DynamoDB table: its schema, keys and items, retries of throttled requests, and the failures that
 * callers see. The packages for call logs and rooms build on it.
 */
@NullMarked
package io.webchat.dynamo.internal.table;

import org.jspecify.annotations.NullMarked;
