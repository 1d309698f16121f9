/** Tests of the adapters with real Redis servers. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
