package io.webchat.core.internal.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The messages that wait for a confirmation, in the order in which they are due: all wait equally long. Bounded. */
final class WaitingMessages {
    private final int max;
    /** Guarded by this. */
    private final Queue<WaitingMessage> waiting = new ArrayDeque<>();

    WaitingMessages(int max) {
        this.max = max;
    }

    /** Adds a message; returns whether there was capacity. */
    synchronized boolean add(WaitingMessage message) {
        return waiting.size() < max && waiting.add(message);
    }

    /** Removes and returns all messages that are due. */
    synchronized List<WaitingMessage> due(long now) {
        List<WaitingMessage> due = new ArrayList<>();
        for (WaitingMessage first = waiting.peek(); first != null && first.due() - now <= 0; first = waiting.peek()) {
            due.add(waiting.remove());
        }
        return due;
    }

    /** Removes and returns all messages. */
    synchronized List<WaitingMessage> all() {
        List<WaitingMessage> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
