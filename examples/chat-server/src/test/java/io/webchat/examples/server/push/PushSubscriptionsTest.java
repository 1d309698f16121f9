package io.webchat.examples.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.AccountStore;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each browser of a user has one subscription, of a bounded number, whatever happens at once. */
class PushSubscriptionsTest {
    private static final UserId ANN = UserId.of("ann");

    private final AccountStore store = MemoryAccountStore.of(AccountPart.PUSH);
    private final PushSubscriptions subscriptions = new PushSubscriptions(store);
    private final PushKeys keys;

    PushSubscriptionsTest() throws Exception {
        keys = new TestBrowser().keys();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private PushSubscription browser(int number) {
        return new PushSubscription(
                DeviceId.of("d" + number),
                URI.create("https://push.example/" + number),
                keys,
                "Neue Nachricht „“",
                number % 2 == 0,
                List.of("user:bob", "room:den"));
    }

    private List<String> devices() {
        return get(subscriptions.of(ANN)).stream()
                .map(each -> each.device().value())
                .toList();
    }

    @Test
    void whatWasPutIsFoundAgain() {
        get(subscriptions.put(ANN, browser(1)));
        get(subscriptions.put(ANN, browser(2)));

        assertThat(get(subscriptions.of(ANN))).containsExactly(browser(1), browser(2));
        assertThat(get(subscriptions.of(UserId.of("bob")))).isEmpty();
    }

    @Test
    void theOneThatWasRenewedLeastLatelyMakesWay() {
        IntStream.range(0, PushSubscriptions.MAX).forEach(i -> get(subscriptions.put(ANN, browser(i))));
        get(subscriptions.put(ANN, browser(0)));
        get(subscriptions.put(ANN, browser(100)));

        assertThat(devices())
                .hasSize(PushSubscriptions.MAX)
                .contains("d0", "d100")
                .doesNotContain("d1");
    }

    @Test
    void oneBrowserIsRemovedAndThenAll() {
        IntStream.range(0, 3).forEach(i -> get(subscriptions.put(ANN, browser(i))));

        get(subscriptions.remove(ANN, DeviceId.of("d1")));
        get(subscriptions.removeGone(ANN, URI.create("https://push.example/2")));
        assertThat(devices()).containsExactly("d0");

        get(subscriptions.removeAll(ANN));
        get(subscriptions.removeAll(ANN));
        get(subscriptions.removeAll(UserId.of("nobody")));
        assertThat(devices()).isEmpty();
        assertThat(get(store.find(UserId.of("nobody")))).isEmpty();
    }

    @Test
    void aChangeThatAnotherNodeWasFasterWithIsMadeAgain() {
        AccountStore slow = new AccountStore() {
            private boolean isOvertaken;

            @Override
            public CompletionStage<Optional<String>> find(UserId user) {
                CompletionStage<Optional<String>> found = store.find(user);
                if (!isOvertaken) {
                    isOvertaken = true;
                    get(subscriptions.put(ANN, browser(1)));
                }
                return found;
            }

            @Override
            public CompletionStage<Boolean> replace(UserId user, String expected, String text) {
                return store.replace(user, expected, text);
            }

            @Override
            public CompletionStage<Boolean> add(UserId user, String text) {
                return store.add(user, text);
            }
        };

        get(new PushSubscriptions(slow).put(ANN, browser(2)));

        assertThat(devices()).containsExactlyInAnyOrder("d1", "d2");
    }

    @Test
    void aStoreThatIsNeverWonIsUnavailable() {
        AccountStore lost = new AccountStore() {
            @Override
            public CompletionStage<Optional<String>> find(UserId user) {
                return CompletableFuture.completedStage(Optional.empty());
            }

            @Override
            public CompletionStage<Boolean> replace(UserId user, String expected, String text) {
                return CompletableFuture.completedStage(false);
            }

            @Override
            public CompletionStage<Boolean> add(UserId user, String text) {
                return CompletableFuture.completedStage(false);
            }
        };

        assertThat(new PushSubscriptions(lost).put(ANN, browser(1)).toCompletableFuture())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("changed too often");
    }
}
