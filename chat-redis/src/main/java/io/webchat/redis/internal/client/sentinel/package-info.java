/** Finds the master through Redis Sentinel. Not API. */
@NullMarked
package io.webchat.redis.internal.client.sentinel;

import org.jspecify.annotations.NullMarked;
