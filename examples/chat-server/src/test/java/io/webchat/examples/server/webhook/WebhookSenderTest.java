package io.webchat.examples.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sender repeats in order, for 15 minutes and within its bounds; its clock and its receiver are the test's. */
class WebhookSenderTest {
    private record Sent(String body, CompletableFuture<Integer> answer) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Map<Long, Deque<Runnable>> timers = new TreeMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long now;
    private boolean throwing;
    private final WebhookSender sender = new WebhookSender(
            body -> {
                Sent post = new Sent(new String(body, StandardCharsets.UTF_8), new CompletableFuture<>());
                sent.add(post);
                if (throwing) {
                    throw new IllegalStateException("no post today");
                }
                return post.answer;
            },
            (delay, task) -> timers.computeIfAbsent(now + delay.toNanos(), at -> new ArrayDeque<>())
                    .add(task),
            () -> now,
            new WebhookMetrics(registry));

    private void send(String key, String body) {
        sender.send(key, body.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(int index, int status) {
        sent.get(index).answer.complete(status);
        run();
    }

    /** Runs the tasks that are due now. */
    private void run() {
        for (Deque<Runnable> due = timers.remove(now); due != null; due = timers.remove(now)) {
            due.forEach(Runnable::run);
        }
    }

    /** Moves the clock to the next task, and runs it. */
    private void runNext() {
        now = timers.keySet().iterator().next();
        run();
    }

    private List<String> bodies() {
        return sent.stream().map(Sent::body).toList();
    }

    private double count(String name) {
        return registry.counter("webchat.webhook." + name).count();
    }

    @Test
    void postsOfOneConversationAreSentOneAfterAnother() {
        send("a", "one");
        send("a", "two");
        assertThat(bodies()).containsExactly("one");

        answer(0, 204);
        answer(1, 200);

        assertThat(bodies()).containsExactly("one", "two");
        assertThat(count("delivered")).isEqualTo(2);
    }

    @Test
    void aPostThatFailsIsRepeatedBeforeTheNextOne() {
        send("a", "one");
        send("a", "two");
        answer(0, 503);
        assertThat(bodies()).hasSize(1);

        runNext();
        sent.get(1).answer.completeExceptionally(new IOException("no answer"));
        runNext();
        answer(2, 429);
        runNext();
        answer(3, 200);

        assertThat(bodies()).containsExactly("one", "one", "one", "one", "two");
        assertThat(count("repeated")).isEqualTo(3);
    }

    @Test
    void aPostThatCannotBeginIsRepeatedAndHoldsNothingBackForEver() {
        throwing = true;
        send("a", "one");
        send("a", "two");
        throwing = false;
        runNext();
        answer(1, 200);

        assertThat(bodies()).containsExactly("one", "one", "two");
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void anotherConversationNeedNotWait() {
        send("a", "one");
        send("b", "two");

        assertThat(bodies()).containsExactly("one", "two");
    }

    @Test
    void theFirstPauseIsAboutASecondAndPausesGrowToAMinute() {
        send("a", "one");
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long before = now;
            answer(i, 500);
            runNext();
            pauses.add(Duration.ofNanos(now - before).toMillis());
        }

        assertThat(pauses.get(0)).isBetween(500L, 1000L);
        assertThat(pauses.get(11)).isBetween(30_000L, 60_000L);
    }

    @Test
    void aPostIsGivenUpAfter15Minutes() {
        send("a", "one");
        send("a", "two");
        for (int i = 0; !bodies().contains("two"); i++) {
            answer(i, 500);
            if (!bodies().contains("two")) {
                runNext();
            }
        }

        assertThat(Duration.ofNanos(now).toMinutes()).isBetween(13L, 15L);
        assertThat(count("dropped")).isEqualTo(1);
    }

    @Test
    void aPostThatTheReceiverRefusesForGoodIsNotRepeated() {
        send("a", "one");
        send("a", "two");
        answer(0, 400);

        assertThat(bodies()).containsExactly("one", "two");
        assertThat(count("dropped")).isEqualTo(1);
        assertThat(count("repeated")).isZero();
    }

    @Test
    void thePostsThatWaitAreBoundedByNumberAndBytes() {
        IntStream.range(0, 10_010).forEach(i -> send("a", "small"));
        assertThat(count("dropped")).isEqualTo(10);
        assertThat(registry.get("webchat.webhook.waiting").gauge().value()).isEqualTo(10_000);

        answer(0, 200);
        send("b", "x".repeat(17 << 20));

        assertThat(count("dropped")).isEqualTo(11);
    }

    @Test
    void aShutdownWaitsForWhatIsUnderWayAndTakesNothingMore() {
        send("a", "one");
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> sender.close(Duration.ofMinutes(1)));
        await().until(() -> {
            send("b", "late");
            return count("dropped") > 0;
        });
        await().until(() -> {
            List.copyOf(sent).forEach(each -> each.answer.complete(200));
            run();
            return closing.isDone();
        });

        assertThat(count("delivered")).isGreaterThanOrEqualTo(1);
    }
}
