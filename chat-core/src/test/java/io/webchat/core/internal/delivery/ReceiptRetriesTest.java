package io.webchat.core.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.CloseReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A receipt is tried again until three minutes after the end of its session, and never after an order to end it. */
final class ReceiptRetriesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final ReceiptRetries retries = new ReceiptRetries(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void G11_retries_end_three_minutes_after_the_session() {
        pass(Duration.ofDays(1));
        assertThat(retries.arePermitted()).isTrue();

        retries.end(CloseReason.CLIENT);
        pass(ReceiptRetries.AFTER_END.minusNanos(1));
        assertThat(retries.arePermitted()).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(retries.arePermitted()).isFalse();
    }

    @Test
    void G11_an_order_of_the_application_ends_them_at_once() {
        retries.end(CloseReason.DISCONNECTED);

        assertThat(retries.arePermitted()).isFalse();
    }
}
