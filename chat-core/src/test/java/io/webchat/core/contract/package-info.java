/**
 * The contract kit: shared helpers of the contract suites, which hold every adapter to the promises of the SPI's
 * Javadoc. The suites ship in chat-core's test-jar and need JUnit Jupiter, AssertJ and Awaitility, nothing else.
 *
 * <p>There is one package per SPI. To hold an adapter to its contract, write a test class that implements the suite and
 * its one abstract method, which makes a {@link io.webchat.core.contract.ContractBackend}:
 *
 * <ul>
 *   <li>{@code OfflineQueueContract} in {@code queue}
 *   <li>{@code ChatRouterContract} in {@code router}
 *   <li>{@code CallLogStoreContract} in {@code calllog}
 *   <li>{@code RoomStoreContract} in {@code rooms}
 *   <li>{@code ProfileStoreContract} in {@code profiles}
 * </ul>
 *
 * <p>Each test gets a backend of its own, users whose names no other test has, and as many nodes as it asks for. A test
 * whose name starts with {@code G} and a number proves the guarantee of that number.
 */
@NullMarked
package io.webchat.core.contract;

import org.jspecify.annotations.NullMarked;
