package io.webchat.examples.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webchat.core.OfflineMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

/** The sender repeats within its bounds and sends the newest of a conversation, with a clock of the test. */
class PushSenderTest {
    private static final UserId BOB = UserId.of("bob");

    private record Sent(Push push, CompletableFuture<PushTransport.Answer> answer) {}

    private final List<Sent> sent = new ArrayList<>();
    private final List<Push> gone = new ArrayList<>();
    private final TreeMap<Long, Deque<Runnable>> timers = new TreeMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PushKeys keys;
    private long now;
    private final PushSender sender = new PushSender(
            push -> {
                Sent post = new Sent(push, new CompletableFuture<>());
                sent.add(post);
                return post.answer;
            },
            (delay, task) -> timers.computeIfAbsent(now + delay.toNanos(), at -> new ArrayDeque<>())
                    .add(task),
            () -> now,
            new PushMetrics(registry),
            gone::add);

    PushSenderTest() throws Exception {
        keys = new TestBrowser().keys();
    }

    private void send(String author, String text) {
        PushSubscription to = new PushSubscription(
                DeviceId.of("phone"), URI.create("https://push.example/1"), keys, "New message", true, List.of());
        ChatEvent.Message message = ChatEvent.message(UserId.of(author), BOB, text);
        sender.send(Push.of(new OfflineMessage(BOB, message, 1, author), to));
    }

    private void answer(int index, int status, Duration... retryAfter) {
        sent.get(index)
                .answer
                .complete(new PushTransport.Answer(
                        status, List.of(retryAfter).stream().findFirst()));
        run();
    }

    private void run() {
        for (Deque<Runnable> due = timers.remove(now); due != null; due = timers.remove(now)) {
            due.forEach(Runnable::run);
        }
    }

    /** Moves the clock to the next task and runs it; returns how long that took. */
    private Duration runNext() {
        long before = now;
        now = timers.firstKey();
        run();
        return Duration.ofNanos(now - before);
    }

    private List<String> bodies() {
        return sent.stream()
                .map(each -> new JSONObject(new String(each.push().text(), StandardCharsets.UTF_8)).getString("body"))
                .toList();
    }

    private double count(String name) {
        return registry.counter("webchat.push." + name).count();
    }

    @Test
    void theNewestOfAConversationReplacesTheOneThatWaits() {
        send("alice", "one");
        send("alice", "two");
        send("alice", "three");
        send("carol", "another conversation");
        assertThat(bodies()).containsExactly("one", "another conversation");

        answer(0, 201);
        assertThat(runNext()).isEqualTo(Duration.ofSeconds(1));

        assertThat(bodies()).containsExactly("one", "another conversation", "three");
        assertThat(count("replaced")).isEqualTo(1);
    }

    @Test
    void aServiceThatIsBusyIsAskedAgainWhenItSays() {
        send("alice", "one");
        answer(0, 429, Duration.ofMinutes(3));
        assertThat(runNext()).isEqualTo(Duration.ofMinutes(3));
        answer(1, 201);

        assertThat(bodies()).containsExactly("one", "one");
        assertThat(count("repeated")).isEqualTo(1);
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void aNewerPushTakesThePlaceOfOneThatFailedAndWaitsAsLong() {
        send("alice", "one");
        send("alice", "two");
        answer(0, 503, Duration.ofSeconds(40));
        send("alice", "three");
        assertThat(runNext()).isEqualTo(Duration.ofSeconds(40));

        assertThat(bodies()).containsExactly("one", "three");
    }

    @Test
    void failuresAreRepeatedWithGrowingPausesForFifteenMinutes() {
        send("alice", "one");
        Duration longest = Duration.ZERO;
        while (count("dropped") == 0) {
            if (sent.size() % 2 == 0) {
                answer(sent.size() - 1, 500);
            } else {
                sent.get(sent.size() - 1).answer.completeExceptionally(new java.io.IOException("no network"));
                run();
            }
            if (!timers.isEmpty()) {
                Duration pause = runNext();
                longest = pause.compareTo(longest) > 0 ? pause : longest;
            }
        }

        assertThat(longest).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
        assertThat(Duration.ofNanos(now)).isBetween(Duration.ofMinutes(12), Duration.ofMinutes(15));
        assertThat(sent).hasSizeBetween(10, 25);
    }

    @Test
    void aServiceThatAsksForTooMuchPatienceIsGivenUp() {
        send("alice", "one");
        answer(0, 429, Duration.ofMinutes(16));

        assertThat(count("dropped")).isEqualTo(1);
        assertThat(timers).isEmpty();
    }

    @Test
    void aBrowserThatIsGoneIsToldOnceAndGetsNothingMore() {
        send("alice", "one");
        send("alice", "two");
        answer(0, 410);

        assertThat(gone).hasSize(1);
        assertThat(sent).hasSize(1);
        assertThat(count("gone")).isEqualTo(1);
        assertThat(count("dropped")).as("the one that waited").isEqualTo(1);
    }

    @Test
    void theNumbersOfPushesOnTheirWayAndWaitingAreBounded() {
        for (int i = 0; i < PushLanes.MAX_LANES + 10; i++) {
            send("user" + i, "hello");
        }

        assertThat(sent).hasSize(PushLanes.MAX_SENDING);
        assertThat(count("dropped")).isEqualTo(10);
        answer(0, 201);
        assertThat(sent).hasSize(PushLanes.MAX_SENDING + 1);
    }

    @Test
    void theEndGivesUpWhatPausesAndWaitsForTheRest() {
        send("alice", "pausing");
        answer(0, 503, Duration.ofSeconds(40));
        send("carol", "on its way");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> sender.close(Duration.ofSeconds(20)));
        org.awaitility.Awaitility.await().until(() -> count("dropped") == 1);
        assertThat(closing).isNotDone();

        answer(1, 201);

        closing.join();
        assertThat(count("delivered")).isEqualTo(1);
        send("dave", "too late");
        assertThat(sent).hasSize(2);
    }

    @Test
    void aTransportThatThrowsHoldsNoPlace() {
        PushSender broken = new PushSender(
                push -> {
                    throw new IllegalStateException("no push today");
                },
                (delay, task) -> timers.computeIfAbsent(now + delay.toNanos(), at -> new ArrayDeque<>())
                        .add(task),
                () -> now,
                new PushMetrics(registry),
                gone::add);
        PushSubscription to = new PushSubscription(
                DeviceId.of("phone"), URI.create("https://push.example/1"), keys, "New message", true, List.of());
        broken.send(
                Push.of(new OfflineMessage(BOB, ChatEvent.message(UserId.of("alice"), BOB, "one"), 1, "alice"), to));

        assertThat(count("repeated")).isEqualTo(1);
        assertThat(Optional.ofNullable(timers.lastEntry())).isPresent();
    }
}
