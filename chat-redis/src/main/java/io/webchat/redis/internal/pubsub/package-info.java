/** Subscriptions to Redis pub/sub channels, over one server or over the masters of a cluster. Not API. */
@NullMarked
package io.webchat.redis.internal.pubsub;

import org.jspecify.annotations.NullMarked;
