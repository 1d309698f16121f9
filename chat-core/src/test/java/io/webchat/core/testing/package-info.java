/**
 * The test kit for applications: a chat in this process with a clock that the test moves and backends that the test
 * breaks, and clients for it. It ships in chat-core's test-jar, beside the contract suites for adapters, and needs
 * AssertJ and Awaitility. Begin with {@link io.webchat.core.testing.TestChat}.
 */
@NullMarked
package io.webchat.core.testing;

import org.jspecify.annotations.NullMarked;
