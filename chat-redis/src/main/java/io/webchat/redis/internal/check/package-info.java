/** Tries whether this module can use a server. Not API. */
@NullMarked
package io.webchat.redis.internal.check;

import org.jspecify.annotations.NullMarked;
