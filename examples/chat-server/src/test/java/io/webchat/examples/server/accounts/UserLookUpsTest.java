package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who may ask how often whether a user exists, and how many of these look-ups the store gets at a time. */
class UserLookUpsTest {
    private static final UserId ANN = UserId.of("ann");
    private static final UserId BOB = UserId.of("bob");
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final AtomicLong nanos = new AtomicLong();
    private final List<CompletableFuture<Optional<String>>> asked = new ArrayList<>();
    private final UserLookUps lookUps = new UserLookUps(new SlowStore(), nanos::get);

    /** Answers when the test says so. */
    private final class SlowStore implements AccountStore {
        @Override
        public CompletionStage<Optional<String>> find(UserId user) {
            CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<Boolean> replace(UserId user, String expected, String hash) {
            throw new AssertionError("a look-up changes nothing");
        }

        @Override
        public CompletionStage<Boolean> add(UserId user, String hash) {
            throw new AssertionError("a look-up changes nothing");
        }
    }

    private CompletableFuture<Boolean> lookUp() {
        return lookUps.exists(BOB, ANN, HERE).toCompletableFuture();
    }

    private static ErrorCode refusal(CompletableFuture<Boolean> lookUp) {
        assertThat(lookUp).isCompletedExceptionally();
        Throwable refusal = Objects.requireNonNull(
                lookUp.handle((found, failure) -> failure).join());
        return ((ChatException) Failures.unwrap(refusal)).code();
    }

    private void answerAll() {
        asked.forEach(answer -> answer.complete(Optional.empty()));
        asked.clear();
    }

    @Test
    void theStoreGetsFewAtATime() {
        for (int i = 0; i < 16; i++) {
            assertThat(lookUp()).isNotDone();
        }
        assertThat(refusal(lookUp())).isEqualTo(ErrorCode.UNAVAILABLE);
        asked.remove(0).complete(Optional.of("hash"));
        assertThat(lookUp()).isNotDone();
        assertThat(asked).hasSize(16);
    }

    @Test
    void failuresOfTheStoreGiveTheirPlacesBack() {
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Boolean> lookUp = lookUp();
            asked.remove(0).completeExceptionally(new ChatException(ErrorCode.UNAVAILABLE, "no answer"));
            assertThat(lookUp).isCompletedExceptionally();
        }
        assertThat(lookUp()).isNotDone();
    }

    @Test
    void aUserWaitsForASecondAfterAHundred() {
        for (int i = 0; i < 100; i++) {
            assertThat(lookUp()).isNotDone();
            answerAll();
        }
        assertThat(refusal(lookUp())).isEqualTo(ErrorCode.RATE_LIMITED);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(lookUp()).isNotDone();
        assertThat(refusal(lookUp())).isEqualTo(ErrorCode.RATE_LIMITED);
        nanos.addAndGet(Duration.ofMinutes(15).toNanos());
        answerAll();
        assertThat(lookUp()).isNotDone();
    }

    @Test
    void anAddressWaitsForASecondAfterThreeHundred() {
        for (int i = 0; i < 300; i++) {
            lookUps.admit(HERE);
        }
        assertThatThrownBy(() -> lookUps.admit(HERE))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refused -> assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1)));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        lookUps.admit(HERE);
    }
}
