package io.webchat.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The in-memory router calls listeners on the publisher's thread, whatever they do there. */
final class MemoryChatRouterTest {
    private static final UserId BOB = UserId.of("bob");
    private static final Envelope EVENT = Envelope.passing(ChatEvent.typing(UserId.of("alice"), BOB));

    private final MemoryChatRouter router = new MemoryChatRouter();

    private Subscription subscribe(Consumer<Envelope> listener) {
        return router.subscribe(BOB, new RouterListener() {
                    @Override
                    public void onEvent(Envelope envelope) {
                        listener.accept(envelope);
                    }

                    @Override
                    public void onResubscribed() {
                        throw new AssertionError("nothing was interrupted");
                    }
                })
                .toCompletableFuture()
                .join();
    }

    private int publish() {
        return router.publish(BOB, EVENT).toCompletableFuture().join();
    }

    @Test
    void everyone_has_been_told_on_this_thread_when_a_publish_returns() {
        List<Thread> told = new ArrayList<>();
        subscribe(event -> told.add(Thread.currentThread()));
        subscribe(event -> told.add(Thread.currentThread()));
        router.publish(BOB, EVENT);

        assertThat(told).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void a_listener_may_cancel_its_own_subscription() {
        CompletableFuture<Subscription> own = new CompletableFuture<>();
        List<Envelope> heard = new ArrayList<>();
        own.complete(subscribe(event -> {
            heard.add(event);
            own.join().cancel();
        }));

        assertThat(publish()).isEqualTo(1);
        assertThat(publish()).isZero();
        assertThat(heard).containsExactly(EVENT);
    }

    @Test
    void a_listener_may_subscribe_and_publish() {
        List<String> heard = new ArrayList<>();
        subscribe(event -> {
            heard.add("outer");
            if (heard.size() == 1) {
                subscribe(again -> heard.add("inner"));
                publish();
            }
        });
        publish();

        assertThat(heard).containsExactly("outer", "outer", "inner");
    }
}
