/** The Lua scripts of an offline queue, and the commands that call them. Not API. */
@NullMarked
package io.webchat.redis.internal.queue;

import org.jspecify.annotations.NullMarked;
