/** Tests of the adapters against real Redis servers. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
