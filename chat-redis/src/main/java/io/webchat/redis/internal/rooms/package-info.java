/** The Lua scripts of rooms, the commands that call them, and the order in which a change takes its steps. Not API. */
@NullMarked
package io.webchat.redis.internal.rooms;

import org.jspecify.annotations.NullMarked;
