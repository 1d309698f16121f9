package io.webchat.examples.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writers that wait for the disk at the same time share one wait, and none returns before its own data is there. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupSyncTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore disk = new Semaphore(0);
    private final GroupSync sync = new GroupSync(() -> {
        begun.incrementAndGet();
        disk.acquireUninterruptibly();
    });

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private CompletableFuture<Void> start() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        sync.sync();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    @Test
    void G1_aCallWaitsForTheNextForceAndNotForOneThatRunsAlready() {
        CompletableFuture<Void> first = start();
        await().until(() -> begun.get() == 1);
        List<CompletableFuture<Void>> others =
                Stream.generate(this::start).limit(20).toList();
        await().until(() -> sync.calls() == 21);

        disk.release();
        await().until(() -> first.isDone() && begun.get() == 2);
        assertThat(others).noneMatch(CompletableFuture::isDone);

        disk.release();
        assertThat(CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)))
                .succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(begun).hasValue(2);
    }

    @Test
    void aDiskThatRefusesFailsTheCallAndTheNextOneAsksAgain() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        GroupSync failing = new GroupSync(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new IOException("no space");
            }
        });

        assertThatThrownBy(failing::sync).hasMessage("no space");
        failing.sync();

        assertThat(calls).hasValue(2);
    }
}
