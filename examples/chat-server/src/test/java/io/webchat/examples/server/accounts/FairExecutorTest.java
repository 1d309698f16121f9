package io.webchat.examples.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sites and their keys take turns, and the tasks that wait are bounded for each key and for all. */
class FairExecutorTest {
    private static final int OF_KEY = 3;
    private static final int OF_ALL = 5;

    private final FairExecutor executor = new FairExecutor("test-fair", 1, OF_KEY, OF_ALL);
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @BeforeEach
    void occupyTheOnlyThread() throws Exception {
        var unused = executor.submit(new TurnQueue.Turn("first", "first"), () -> {
            started.countDown();
            return await(go);
        });
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private CompletableFuture<Boolean> submit(String key, String name) {
        return submit(key, key, name);
    }

    private CompletableFuture<Boolean> submit(String site, String key, String name) {
        return executor.submit(new TurnQueue.Turn(site, key), () -> ran.add(name))
                .toCompletableFuture();
    }

    private void finish(List<CompletableFuture<Boolean>> tasks) throws Exception {
        go.countDown();
        for (CompletableFuture<Boolean> task : tasks) {
            assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aKeyWithFewTasksDoesNotWaitForAllOfAnother() throws Exception {
        finish(List.of(submit("a", "a1"), submit("a", "a2"), submit("a", "a3"), submit("b", "b1"), submit("b", "b2")));

        assertThat(ran).containsExactly("a1", "b1", "a2", "b2", "a3");
    }

    @Test
    void aKeyHasABoundOfItsOwn() throws Exception {
        List<CompletableFuture<Boolean>> taken = List.of(submit("a", "a1"), submit("a", "a2"), submit("a", "a3"));

        assertThat(submit("a", "a4")).isCompletedExceptionally();
        assertThat(submit("b", "b1")).isNotDone();
        finish(taken);
    }

    @Test
    void whoHasTheMostLosesTheLastTaskToANewcomer() throws Exception {
        List<CompletableFuture<Boolean>> kept =
                new ArrayList<>(List.of(submit("a", "a1"), submit("a", "a2"), submit("b", "b1"), submit("b", "b2")));
        CompletableFuture<Boolean> last = submit("a", "a3");

        kept.add(submit("c", "c1"));

        assertThat(last)
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(ChatException.class)
                .withMessageContaining("too many people are signing in");
        finish(kept);
        assertThat(ran).containsExactly("a1", "b1", "c1", "a2", "b2");
    }

    @Test
    void aSiteWithManyKeysHasOneTurn() throws Exception {
        finish(List.of(
                submit("s", "s1", "s1"),
                submit("s", "s1", "s1 again"),
                submit("s", "s2", "s2"),
                submit("s", "s3", "s3"),
                submit("b", "b1")));

        assertThat(ran).containsExactly("s1", "b1", "s2", "s3", "s1 again");
    }

    @Test
    void aSiteWithManyKeysLosesATaskToANewcomer() throws Exception {
        List<CompletableFuture<Boolean>> kept = new ArrayList<>();
        for (int i = 0; i < OF_ALL; i++) {
            kept.add(submit("s", "s" + i, "s" + i));
        }
        assertThat(submit("s", "s9", "s9")).as("another key of the site").isCompletedExceptionally();

        kept.add(submit("b", "b1"));

        assertThat(kept.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count())
                .isEqualTo(1);
        kept.removeIf(CompletableFuture::isCompletedExceptionally);
        finish(kept);
        assertThat(ran).hasSize(OF_ALL).element(1).isEqualTo("b1");
    }

    @Test
    void nobodyLosesATaskToAKeyThatHasAsMany() {
        List<CompletableFuture<Boolean>> all =
                List.of(submit("a", "a1"), submit("b", "b1"), submit("c", "c1"), submit("d", "d1"), submit("e", "e1"));

        assertThat(submit("a", "a2")).isCompletedExceptionally();
        assertThat(submit("f", "f1")).isCompletedExceptionally();
        assertThat(all).noneMatch(CompletableFuture::isDone);
    }
}
