package io.webchat.core.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatEvent;
import io.webchat.core.ChatException;
import io.webchat.core.UserId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

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
        SendAdmission phone = new SendAdmission(ALICE, config, rates, rates.newSessionBucket());
        assertThat(passed(phone, 1)).isEqualTo(1);
        for (int i = 0; i < 2048; i++) {
            rates.take(UserId.of("user" + i));
        }
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        rates.sweep();
        SendAdmission laptop = new SendAdmission(ALICE, config, rates, rates.newSessionBucket());

        assertThat(passed(phone, 20) + passed(laptop, 20)).isEqualTo(5);
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
