/** What the benchmarks have to know of the adapters' insides: the very commands that they send. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
