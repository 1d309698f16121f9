package io.webchat.socketio.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body keeps the pace that its handler asks for at the beginning of each period. */
class BodyPaceTest {
    private static final int PERIOD = 30;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private int bytesPerSecond = 4096;
    private boolean slow;
    private final BodyPace pace =
            new BodyPace(channel.eventLoop(), Duration.ofSeconds(PERIOD), () -> bytesPerSecond, () -> slow = true);

    @BeforeEach
    void start() {
        channel.freezeTime();
        pace.start();
    }

    @AfterEach
    void close() {
        pace.stop();
        var unused = channel.close();
    }

    private void period(int bytes) {
        pace.arrived(bytes);
        channel.advanceTimeBy(PERIOD, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void G13_aGreaterPaceHoldsFromTheNextPeriodOn() {
        period(4096 * PERIOD);
        bytesPerSecond = 65_536;
        period(4096 * PERIOD);
        assertThat(slow).as("the period that had begun").isFalse();
        period(65_536 * PERIOD);
        assertThat(slow).isFalse();
        period(65_536 * PERIOD - 1);
        assertThat(slow).isTrue();
    }

    @Test
    void G13_aByteLessThanThePaceIsTooSlow() {
        period(4096 * PERIOD);
        assertThat(slow).isFalse();
        period(4096 * PERIOD - 1);
        assertThat(slow).isTrue();
    }

    @Test
    void aPeriodInWhichTheServerDidNotReadDoesNotCount() {
        pace.setPaused(true);
        period(0);
        pace.setPaused(false);
        period(0);
        assertThat(slow).as("the pause ended in this period").isFalse();
        period(0);
        assertThat(slow).isTrue();
    }
}
