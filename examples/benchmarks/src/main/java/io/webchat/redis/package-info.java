/** The commands that the Redis adapters send, for the benchmarks. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
