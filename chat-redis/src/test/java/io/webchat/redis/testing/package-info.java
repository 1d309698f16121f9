/**
 * Real Redis servers for tests and benchmarks, and a proxy that causes network faults. This package ships as
 * chat-redis's test-jar. It needs embedded-redis, jedis, JUnit Jupiter and Awaitility. Maven does not pass on test
 * dependencies, so a module that uses the test-jar adds these itself.
 *
 * <p>{@link io.webchat.redis.testing.RedisServers} has one server that many test classes share. It gives a server of
 * its own to each test that kills or pauses one. {@link io.webchat.redis.testing.RedisServer}, {@link
 * io.webchat.redis.testing.SentinelSetup} and {@link io.webchat.redis.testing.ClusterSetup} are child processes on
 * free ports of the loopback interface; no two JVMs use the same port. Each process has its own folder under the
 * temporary folder. Process and folder are removed on close, and at the latest when this JVM ends, even if it is
 * killed.
 */
@NullMarked
package io.webchat.redis.testing;

import org.jspecify.annotations.NullMarked;
