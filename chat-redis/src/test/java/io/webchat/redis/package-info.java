/** Tests of the adapters on real Redis servers. */
@NullMarked
package io.webchat.redis;

import org.jspecify.annotations.NullMarked;
