package io.webchat.core.contract;

import java.time.Duration;
import org.junit.jupiter.api.Assumptions;

/**
 * One backend under test. Users and conversations have new names in each test, so backends may share a
 * server, but what one node of a backend stores all its nodes must see.
 *
 * @param <T> the SPI interface under test
 */
public interface ContractBackend<T> extends AutoCloseable {
    /** One more node: an adapter with connections of its own, as another server process would have. */
    T node();

    /**
     * Lets this much time pass for everything that the backend and its nodes measure. A backend whose clock
     * cannot be moved leaves this as it is: the tests that need it are skipped then and say why.
     */
    default void advance(Duration time) {
        Assumptions.abort("this backend's clock cannot be moved by " + time);
    }

    /**
     * Loses all data, as a server does that dies without having saved; nodes made before must go on
     * working. A backend that cannot do so leaves this as it is: the tests that need it are skipped then
     * and say why.
     */
    default void loseData() {
        Assumptions.abort("this backend cannot be made to lose its data");
    }

    /**
     * Breaks the connections over which nodes hear what is published; nodes mend them on their own. A
     * backend without such connections leaves this as it is: the tests that need it are skipped then and
     * say why.
     */
    default void interruptSubscriptions() {
        Assumptions.abort("this backend's subscriptions cannot be interrupted");
    }

    /** Ends the backend and every node that it made. Called once, after the test. */
    @Override
    default void close() {}
}
