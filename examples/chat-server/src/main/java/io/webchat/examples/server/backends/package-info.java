/** The stores of a node, in Redis, DynamoDB or memory, and their health. */
@NullMarked
package io.webchat.examples.server.backends;

import org.jspecify.annotations.NullMarked;
