package io.webchat.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tasks run one at a time and in order, and none is lost. */
final class MailboxTest {
    private final Mailbox mailbox = new Mailbox(ForkJoinPool.commonPool());

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void an_idle_mailbox_runs_the_task_at_once_on_this_thread() {
        List<Thread> ran = new ArrayList<>();
        mailbox.execute(() -> ran.add(Thread.currentThread()));

        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void a_task_added_by_a_running_task_waits() {
        List<String> ran = new ArrayList<>();
        mailbox.execute(() -> {
            mailbox.execute(() -> {
                mailbox.execute(() -> ran.add("third"));
                ran.add("second");
            });
            ran.add("first");
        });

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void a_long_chain_of_tasks_needs_no_deep_stack() {
        AtomicInteger left = new AtomicInteger(100_000);
        CompletableFuture<Integer> deepest = new CompletableFuture<>();
        mailbox.execute(new Runnable() {
            @Override
            public void run() {
                if (left.decrementAndGet() > 0) {
                    mailbox.execute(this);
                } else {
                    deepest.complete(new Throwable().getStackTrace().length);
                }
            }
        });

        assertThat(deepest.orTimeout(10, TimeUnit.SECONDS).join()).isLessThan(200);
    }

    @Test
    void a_task_that_throws_does_not_stop_the_others() {
        AtomicInteger ran = new AtomicInteger();
        mailbox.execute(() -> {
            mailbox.execute(ran::incrementAndGet);
            throw new IllegalStateException("thrown on purpose");
        });
        mailbox.execute(() -> {
            throw new AssertionError("thrown on purpose");
        });
        mailbox.execute(ran::incrementAndGet);

        assertThat(ran).hasValue(2);
    }

    @Test
    void an_error_of_the_jvm_reaches_the_thread_and_the_other_tasks_still_run() {
        CountDownLatch others = new CountDownLatch(2);

        assertThatThrownBy(() -> mailbox.execute(() -> {
                    mailbox.execute(others::countDown);
                    throw new OutOfMemoryError("thrown on purpose");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        mailbox.execute(others::countDown);

        assertThat(await(others)).isTrue();
    }

    @Test
    void an_error_of_the_jvm_in_a_waiting_task_reaches_the_thread_too() {
        CountDownLatch others = new CountDownLatch(1);

        assertThatThrownBy(() -> mailbox.execute(() -> {
                    mailbox.execute(() -> {
                        throw new OutOfMemoryError("thrown on purpose");
                    });
                    mailbox.execute(others::countDown);
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(await(others)).isTrue();
    }

    @Test
    void many_tasks_of_other_threads_move_off_the_callers_thread() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        List<Thread> ran = new ArrayList<>();
        // A thread outside the pool, so that a move to the pool is visible.
        Thread caller = new Thread(() -> mailbox.execute(() -> {
            running.countDown();
            await(given);
        }));
        caller.start();
        await(running);
        CountDownLatch done = new CountDownLatch(2000);
        for (int i = 0; i < 2000; i++) {
            mailbox.execute(() -> {
                ran.add(Thread.currentThread());
                done.countDown();
            });
        }
        given.countDown();

        assertThat(await(done)).isTrue();
        assertThat(ran.subList(0, 256)).containsOnly(caller);
        assertThat(ran.subList(256, 2000)).doesNotContain(caller);
    }

    @Test
    void concurrent_threads_lose_no_task_keep_their_order_and_never_run_two_at_once() {
        int threads = 8;
        int each = 50_000;
        Order order = new Order(threads);
        List<CompletableFuture<Void>> all = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < each; n++) {
                        int number = n;
                        pause(n);
                        mailbox.execute(() -> order.ran(i, number));
                    }
                }))
                .toList();
        all.forEach(thread -> thread.orTimeout(30, TimeUnit.SECONDS).join());

        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> order.total.get() == threads * each);
        assertThat(order.faults).isEmpty();
    }

    /** Holds the thread that adds the first task, before the mailbox can count that task. */
    private static final class HeldQueue extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch added = new CountDownLatch(1);
        private final transient CountDownLatch released = new CountDownLatch(1);

        @Override
        public boolean add(Runnable task) {
            boolean first = added.getCount() > 0;
            boolean done = super.add(task);
            added.countDown();
            if (first) {
                await(released);
            }
            return done;
        }
    }

    @Test
    void a_task_added_but_not_counted_does_not_change_the_order_of_a_caller() {
        HeldQueue queue = new HeldQueue();
        Mailbox slow = new Mailbox(ForkJoinPool.commonPool(), queue);
        CompletableFuture<CompletableFuture<Void>> stalled = new CompletableFuture<>();
        slow.execute(() -> {
            stalled.complete(CompletableFuture.runAsync(() -> slow.execute(() -> {})));
            await(queue.added);
        });
        List<String> given = new CopyOnWriteArrayList<>();
        List<String> ran = new CopyOnWriteArrayList<>();
        slow.execute(() -> {
            given.add("one");
            slow.execute(() -> ran.add("one"));
        });
        given.add("two");
        slow.execute(() -> ran.add("two"));
        queue.released.countDown();

        stalled.join().orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(ran).hasSize(2).isEqualTo(given);
    }

    /** Lets the mailbox become empty now and then; tasks could overtake each other at that moment. */
    private static void pause(int n) {
        for (int i = n % 1024 == 0 ? 5_000 : n % 3; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** Records each task that ran out of order or together with another one. */
    private static final class Order {
        private final int[] next;
        private final List<String> faults = new ArrayList<>();
        private final AtomicInteger total = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        Order(int threads) {
            next = new int[threads];
        }

        // Only the total is atomic; reading it at the end makes the other fields visible.
        void ran(int thread, int n) {
            if (inside.incrementAndGet() != 1) {
                faults.add("two at once");
            }
            if (next[thread] != n) {
                faults.add("thread " + thread + ": " + n + " came instead of " + next[thread]);
            }
            next[thread] = n + 1;
            inside.decrementAndGet();
            total.incrementAndGet();
        }
    }
}
