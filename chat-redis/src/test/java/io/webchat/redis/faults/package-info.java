/** Chats over two nodes while Redis fails. */
@NullMarked
package io.webchat.redis.faults;

import org.jspecify.annotations.NullMarked;
