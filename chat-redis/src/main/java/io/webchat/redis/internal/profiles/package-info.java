/** The stored form of cached profiles, and the Lua script that fills the cache. Not API. */
@NullMarked
package io.webchat.redis.internal.profiles;

import org.jspecify.annotations.NullMarked;
