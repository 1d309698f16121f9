/** Tests of rooms in Redis: each script, each order of steps, and each place where a node may die. */
@NullMarked
package io.webchat.redis.internal.rooms;

import org.jspecify.annotations.NullMarked;
