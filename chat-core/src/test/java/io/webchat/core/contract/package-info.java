/**
 * The contract suites: one test per promise of the SPI's Javadoc, the same for every backend. They ship as
 * chat-core's test-jar and need JUnit Jupiter, AssertJ and Awaitility, nothing else.
 *
 * <p>A test class of the adapter implements {@link io.webchat.core.contract.OfflineQueueContract}, {@link
 * io.webchat.core.contract.ChatRouterContract} or {@link io.webchat.core.contract.CallLogStoreContract} and
 * its one abstract method, which makes a {@link io.webchat.core.contract.ContractBackend}; each test gets a
 * backend of its own, users whose names no other test has, and as many nodes as it asks for. A name that
 * starts with {@code G} and a number proves that guarantee.
 */
@NullMarked
package io.webchat.core.contract;

import org.jspecify.annotations.NullMarked;
