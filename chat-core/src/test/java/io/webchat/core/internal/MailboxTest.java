package io.webchat.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int THREADS = 4;
    private static final int TASKS = 300_000;

    @Test
    void G3_whatOneThreadBringsIsRunInItsOrderHoweverManyOthersBringSomething() {
        Mailbox mailbox = new Mailbox();
        // Written by the mailbox's tasks alone, one at a time.
        int[] last = new int[THREADS];
        List<String> crossed = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CompletableFuture<?>[] all = new CompletableFuture<?>[THREADS];
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                all[t] = CompletableFuture.runAsync(() -> bring(mailbox, thread, last, crossed), pool);
            }
            CompletableFuture.allOf(all).join();
            CompletableFuture<Void> end = new CompletableFuture<>();
            mailbox.execute(() -> end.complete(null));
            end.join();
        } finally {
            pool.shutdown();
        }
        assertThat(crossed).isEmpty();
        assertThat(last).containsOnly(TASKS);
    }

    private static void bring(Mailbox mailbox, int thread, int[] last, List<String> crossed) {
        for (int i = 1; i <= TASKS; i++) {
            int task = i;
            mailbox.execute(() -> {
                if (task != last[thread] + 1) {
                    crossed.add("thread " + thread + ": " + task + " after " + last[thread]);
                }
                last[thread] = Math.max(task, last[thread]);
            });
        }
    }
}
