/** The client of Redis: pipelined connections, commands and replies. Not API. */
@NullMarked
package io.webchat.redis.internal.client;

import org.jspecify.annotations.NullMarked;
