package io.webchat.examples.server.accounts;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a few threads, one of each key in turn, so that many tasks of one key delay others by one task at most.
 * The tasks that wait are bounded, for each key and for all. If too many wait in all, the key with the most of them
 * loses its last one. Safe for use by several threads.
 */
final class FairExecutor implements AutoCloseable {
    private record Task(Runnable work, CompletableFuture<?> result) {}

    private final ExecutorService threads;
    private final int maxOfKey;
    private final int max;
    /** Keys in the order of their turns, none without a task; guarded by itself. */
    private final Map<Object, Deque<Task>> waiting = new LinkedHashMap<>();
    /** Guarded by {@link #waiting}. */
    private int size;

    /**
     * Starts no thread before the first task.
     *
     * @param maxOfKey the tasks of one key that may wait
     * @param max the tasks of all keys that may wait
     */
    FairExecutor(String name, int threads, int maxOfKey, int max) {
        this.threads = Executors.newFixedThreadPool(threads, work -> thread(name, work));
        this.maxOfKey = maxOfKey;
        this.max = max;
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs the task in its key's turn; fails with {@code unavailable} if too many wait. */
    <T> CompletionStage<T> submit(Object key, Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Task added = new Task(() -> complete(result, task), result);
        Task lost;
        synchronized (waiting) {
            int own = waiting.containsKey(key) ? waiting.get(key).size() : 0;
            lost = own < maxOfKey && size >= max ? loseOne(own) : null;
            if (own >= maxOfKey || size >= max) {
                return CompletableFuture.failedFuture(tooMany());
            }
            waiting.computeIfAbsent(key, any -> new ArrayDeque<>()).addLast(added);
            size++;
        }
        if (lost != null) {
            lost.result().completeExceptionally(tooMany());
        }
        threads.execute(this::runNext);
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> task) {
        try {
            result.complete(task.get());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        } catch (Error e) {
            result.completeExceptionally(e);
            throw e;
        }
    }

    /** Takes the last task of the key that has the most; null if none has clearly more than so many. */
    private @Nullable Task loseOne(int own) {
        Deque<Task> longest = waiting.values().stream()
                .max(Comparator.comparingInt(Deque::size))
                .orElseThrow();
        if (longest.size() <= own + 1) {
            return null;
        }
        size--;
        return longest.removeLast();
    }

    private void runNext() {
        Task next;
        synchronized (waiting) {
            var turn = waiting.entrySet().iterator();
            if (!turn.hasNext()) {
                // Its task was lost to another key.
                return;
            }
            Map.Entry<Object, Deque<Task>> first = turn.next();
            turn.remove();
            next = first.getValue().removeFirst();
            size--;
            if (!first.getValue().isEmpty()) {
                waiting.put(first.getKey(), first.getValue());
            }
        }
        next.work().run();
    }

    private static ChatException tooMany() {
        return new ChatException(ErrorCode.UNAVAILABLE, "too many people are signing in at this moment");
    }

    /** Ends the threads. Tasks that wait never run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
