/** Routing of commands on a Redis Cluster: who serves which slot, and order while slots move. Not API. */
@NullMarked
package io.webchat.redis.internal.client.cluster;

import org.jspecify.annotations.NullMarked;
