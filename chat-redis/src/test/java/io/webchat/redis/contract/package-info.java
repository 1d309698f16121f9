/** The contract suites of chat-core, on each kind of Redis server. */
@NullMarked
package io.webchat.redis.contract;

import org.jspecify.annotations.NullMarked;
