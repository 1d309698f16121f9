/**
 * Real Redis servers for tests and benchmarks, and a proxy that harms connections. They ship as chat-redis's test-jar
 * and need embedded-redis, jedis, JUnit Jupiter and Awaitility; Maven does not hand on test dependencies, so who uses
 * the test-jar adds these.
 *
 * <p>{@link io.webchat.redis.testing.RedisServers} has one server that many test classes share, and gives a test that
 * kills or pauses its server one of its own. {@link io.webchat.redis.testing.RedisServer}, {@link
 * io.webchat.redis.testing.SentinelSetup} and {@link io.webchat.redis.testing.ClusterSetup} are child processes on free
 * ports of the loopback interface. Each has a folder of its own under the temporary folder; process and folder go when
 * it is closed, and at the latest when this JVM ends, in whatever way it ends.
 */
@NullMarked
package io.webchat.redis.testing;

import org.jspecify.annotations.NullMarked;
