/**
 * Offline queues in the table: one head item per user, written conditionally. {@link
 * io.webchat.dynamo.internal.queue.TableQueue} is its entry point.
 */
@NullMarked
package io.webchat.dynamo.internal.queue;

import org.jspecify.annotations.NullMarked;
