package io.webchat.core.contract;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/**
 * One backend under test. All nodes of a backend see the same data. Backends may share a server, because users and
 * conversations have new names in each test.
 *
 * @param <T> the SPI interface under test
 */
public interface ContractBackend<T> extends AutoCloseable {
    /** Returns one more node: an adapter with its own connections, as in another server process. */
    T node();

    /**
     * Moves the clock of the backend and its nodes by this time. Do not override it if the clock cannot be moved: the
     * tests that need it are skipped then and say why.
     */
    default void advance(Duration time) {
        Assumptions.abort("this backend's clock cannot be moved by " + time);
    }

    /**
     * Loses all data, like a server that dies before it saved. Nodes made before must go on working. Do not override it
     * if the backend cannot lose its data: the tests that need it are skipped then and say why.
     */
    default void loseData() {
        Assumptions.abort("this backend cannot be made to lose its data");
    }

    /**
     * Remembers the present state for {@link #goBack}. Do not override these two if the backend cannot go back: the
     * tests that need it are skipped then and say why.
     */
    default void save() {
        Assumptions.abort("this backend cannot be made to go back to an older state");
    }

    /**
     * Goes back to the saved state, like a server that starts from an older dump or a replica that was behind. Nodes
     * made before must go on working.
     */
    default void goBack() {
        Assumptions.abort("this backend cannot be made to go back to an older state");
    }

    /**
     * Breaks the connections over which nodes receive published events; the nodes reconnect on their own. Do not
     * override it if the backend has no such connections: the tests that need it are skipped then and say why.
     */
    default void interruptSubscriptions() {
        Assumptions.abort("this backend's subscriptions cannot be interrupted");
    }

    /** Closes the backend and all its nodes. Called once, after the test. */
    @Override
    default void close() {}
}
