/** The client of Redis: pipelined connections, routing of commands on a cluster, and Sentinel. Not API. */
@NullMarked
package io.webchat.redis.internal.client;

import org.jspecify.annotations.NullMarked;
