/** Parts of the queue in Redis, for contestants that send its commands in another way. */
@NullMarked
package io.webchat.redis.internal.queue;

import org.jspecify.annotations.NullMarked;
