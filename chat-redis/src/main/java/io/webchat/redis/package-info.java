/** Adapters that keep offline queues in Redis and route events between nodes over its pub/sub. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
