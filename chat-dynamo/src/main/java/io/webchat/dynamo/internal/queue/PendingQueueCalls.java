package io.webchat.dynamo.internal.queue;

import io.webchat.core.UserId;
import io.webchat.dynamo.internal.table.DynamoErrors;
import io.webchat.dynamo.internal.table.TableSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Waiting calls, per user in their order. Their number and their size are limited. A user is in the map while a thread
 * works on the calls.
 */
final class PendingQueueCalls {
    private static final int MAX_CALLS = 100;
    /** The head item takes all events that one round appends. */
    private static final int MAX_BYTES = QueueSizeLimits.MAX_EVENT;

    private final int maxCalls;
    private final long maxBytes;
    private final Map<UserId, Deque<QueueCall<?>>> callsByUser = new HashMap<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private int calls;
    private long bytes;
    private boolean closed;

    PendingQueueCalls(TableSettings settings) {
        maxCalls = settings.maxWaiting();
        maxBytes = settings.maxWaitingBytes();
    }

    /**
     * Adds the call. Returns whether the caller must start to work on the calls of this user.
     *
     * @throws io.webchat.core.ChatException {@code unavailable} if too many calls wait, or if the queue is closed
     */
    synchronized boolean add(UserId user, QueueCall<?> call) {
        if (closed) {
            throw DynamoErrors.unavailable("the queue is closed");
        }
        if (calls >= maxCalls || bytes + call.bytes > maxBytes) {
            throw DynamoErrors.unavailable("too many calls wait for the queue, try again");
        }
        calls++;
        bytes += call.bytes;
        Deque<QueueCall<?>> waiting = callsByUser.get(user);
        boolean first = waiting == null;
        if (waiting == null) {
            waiting = new ArrayDeque<>();
            callsByUser.put(user, waiting);
        }
        waiting.add(call);
        return first;
    }

    synchronized void settled(QueueCall<?> call) {
        calls--;
        bytes -= call.bytes;
    }

    /** Takes the calls that may be handled together: those of one kind at the front. */
    synchronized List<QueueCall<?>> next(UserId user) {
        Deque<QueueCall<?>> waiting = callsByUser.getOrDefault(user, new ArrayDeque<>());
        List<QueueCall<?>> next = new ArrayList<>();
        long size = 0;
        for (QueueCall<?> head = waiting.peek(); head != null && next.size() < MAX_CALLS; head = waiting.peek()) {
            size += head.bytes;
            boolean fits = next.isEmpty() || (size <= MAX_BYTES && sameKind(head, next.get(0)));
            if (!fits) {
                break;
            }
            next.add(waiting.remove());
        }
        return next;
    }

    private static boolean sameKind(QueueCall<?> one, QueueCall<?> other) {
        return one.getClass() == other.getClass();
    }

    /** Ends the work on the calls of this user, unless more of them wait. */
    synchronized boolean ended(UserId user) {
        Deque<QueueCall<?>> waiting = callsByUser.get(user);
        if (waiting != null && !waiting.isEmpty()) {
            return false;
        }
        callsByUser.remove(user);
        if (closed && callsByUser.isEmpty()) {
            idle.complete(null);
        }
        return true;
    }

    /** Takes no more calls; completes when those that wait are answered. */
    synchronized CompletableFuture<Void> close() {
        closed = true;
        if (callsByUser.isEmpty()) {
            idle.complete(null);
        }
        return idle;
    }
}
