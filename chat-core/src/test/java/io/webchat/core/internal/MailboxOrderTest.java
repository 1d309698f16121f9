package io.webchat.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A thread's tasks keep their order whatever another thread is held up by. */
final class MailboxOrderTest {
    /** A queue that holds a thread back between the adding of a task and its counting. */
    private static final class SlowQueue extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        private final transient CompletableFuture<Void> added = new CompletableFuture<>();
        private final transient CompletableFuture<Void> goOn = new CompletableFuture<>();

        @Override
        public boolean add(Runnable task) {
            super.add(task);
            if (added.complete(null)) {
                goOn.join();
            }
            return true;
        }
    }

    @Test
    void G3_whatOneThreadBringsIsRunInItsOrderWhileAnotherIsHeldUp() {
        SlowQueue queue = new SlowQueue();
        Mailbox mailbox = new Mailbox(queue);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> running = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> mailbox.execute(() -> {
            running.complete(null);
            end.join();
        }));
        running.join();
        CompletableFuture<Void> heldUp = new CompletableFuture<>();
        new Thread(() -> {
                    mailbox.execute(() -> order.add("another's"));
                    heldUp.complete(null);
                })
                .start();
        queue.added.join();

        mailbox.execute(() -> order.add("first"));
        end.complete(null);
        busy.join();
        mailbox.execute(() -> order.add("second"));
        queue.goOn.complete(null);
        heldUp.join();

        assertThat(order).containsExactly("another's", "first", "second");
    }
}
