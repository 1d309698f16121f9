/** The stored form of profiles, and the Lua scripts of profiles, blocks and their cache. Not API. */
@NullMarked
package io.webchat.redis.internal.profiles;

import org.jspecify.annotations.NullMarked;
