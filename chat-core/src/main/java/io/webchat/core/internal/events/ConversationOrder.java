package io.webchat.core.internal.events;

import io.webchat.core.ids.ConversationId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the reports about each conversation in the order in which they began, although the events are committed in any
 * order. A report waits until all earlier ones of its conversation have ended. The sends end within their time-outs.
 */
final class ConversationOrder {
    /** The place of one report. */
    static final class Turn {
        private final ConversationId conversation;
        private boolean ended;
        private @Nullable Runnable report;

        private Turn(ConversationId conversation) {
            this.conversation = conversation;
        }
    }

    /** Changed only in the map's atomic step for the conversation. */
    private final Map<ConversationId, Deque<Turn>> turns = new ConcurrentHashMap<>();

    /** Begins a report, behind all earlier ones of the conversation. */
    Turn begin(ConversationId conversation) {
        Turn turn = new Turn(conversation);
        turns.compute(conversation, (id, waiting) -> {
            Deque<Turn> all = waiting == null ? new ArrayDeque<>(2) : waiting;
            all.add(turn);
            return all;
        });
        return turn;
    }

    /** Ends a report. Runs it, and all others that waited for it; null if there is nothing to report. */
    void end(Turn turn, @Nullable Runnable report) {
        turns.computeIfPresent(turn.conversation, (id, waiting) -> {
            turn.ended = true;
            turn.report = report;
            for (Turn first = waiting.peek(); first != null && first.ended; first = waiting.peek()) {
                waiting.remove();
                if (first.report != null) {
                    first.report.run();
                }
            }
            return waiting.isEmpty() ? null : waiting;
        });
    }
}
