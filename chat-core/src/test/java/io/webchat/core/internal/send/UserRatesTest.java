package io.webchat.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatException;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The limits of a user hold over all sessions, and unused buckets cost no memory. */
class UserRatesTest {
    private static final UserId ALICE = UserId.of("alice");

    @Test
    void G13_two_sessions_share_one_limit_although_full_buckets_are_dropped_between_them() {
        AtomicLong clock = new AtomicLong();
        ChatConfig config = ChatConfig.builder()
                .messagesPerSecond(1)
                .burst(Duration.ofSeconds(5))
                .build();
        UserRates rates = new UserRates(config, clock::get);
        SendAdmission phone = new SendAdmission(ALICE, config, rates);
        assertThat(passed(phone, 1)).isEqualTo(1);
        for (int i = 0; i < 2048; i++) {
            rates.take(UserId.of("user" + i), UserRates.Activity.MESSAGE);
        }
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        rates.sweep();
        SendAdmission laptop = new SendAdmission(ALICE, config, rates);

        assertThat(passed(phone, 20) + passed(laptop, 20)).isEqualTo(5);
    }

    @Test
    void G13_each_activity_has_its_own_limit_and_the_users_of_full_buckets_are_forgotten() {
        AtomicLong clock = new AtomicLong();
        ChatConfig config = ChatConfig.builder()
                .messagesPerSecond(1)
                .signalsPerSecond(2)
                .openingsPerSecond(3)
                .burst(Duration.ofSeconds(1))
                .build();
        UserRates rates = new UserRates(config, clock::get);

        assertThat(taken(rates, UserRates.Activity.MESSAGE)).isEqualTo(1);
        assertThat(taken(rates, UserRates.Activity.SIGNAL)).isEqualTo(2);
        assertThat(taken(rates, UserRates.Activity.HEARTBEAT)).isEqualTo(2);
        assertThat(taken(rates, UserRates.Activity.OPENING)).isEqualTo(3);
        for (int i = 0; i < 1023; i++) {
            rates.take(UserId.of("user" + i), UserRates.Activity.SIGNAL);
        }
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        rates.sweep();
        assertThat(rates.size()).isZero();
    }

    private static int taken(UserRates rates, UserRates.Activity activity) {
        int taken = 0;
        while (rates.take(ALICE, activity) == 0) {
            taken++;
        }
        return taken;
    }

    private static int passed(SendAdmission session, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            try {
                session.checkMessage(ChatEvent.message(ALICE, UserId.of("bob"), "text"));
                passed++;
            } catch (ChatException tooMany) {
                assertThat(tooMany.retryAfter()).isPresent();
            }
        }
        return passed;
    }
}
