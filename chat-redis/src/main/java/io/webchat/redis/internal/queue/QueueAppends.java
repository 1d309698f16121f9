package io.webchat.redis.internal.queue;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.PublishingQueue.Published;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.internal.client.CommandClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends events. Events to one user that wait for the connection at the same time go as one step. Safe for use by many
 * threads.
 */
public final class QueueAppends {
    private final CommandClient commands;
    private final QueueScripts scripts;
    private final QueueArguments common;
    private final KnownQueues known = new KnownQueues();

    /** The last step of each user that others may join. */
    private final Map<UserId, AppendStep> open = new ConcurrentHashMap<>();

    /** Appends over these connections. */
    public QueueAppends(CommandClient commands, QueueScripts scripts, QueueArguments common) {
        this.commands = commands;
        this.scripts = scripts;
        this.common = common;
    }

    /**
     * Appends an event, and publishes it if it is new and {@code publish} is set. The future fails with {@code
     * bad_request} for an event of a kind that no queue stores.
     *
     * @param after the event is stored later than this time, Unix milliseconds
     */
    public CompletableFuture<Published> append(UserId user, ChatEvent event, boolean publish, long after) {
        CompletableFuture<Published> result = new CompletableFuture<>();
        Optional<StepKind> kind = StepKind.of(event);
        if (kind.isEmpty()) {
            result.completeExceptionally(
                    new ChatException(ErrorCode.BAD_REQUEST, event.kind().wire() + " is not for a queue"));
            return result;
        }
        AppendStep last = open.get(user);
        if (after > 0 || last == null || last.publishes() != publish || !last.join(event, result)) {
            begin(user, event, new AppendStep(common, known.of(user), kind.get(), publish, after), result);
        }
        return result;
    }

    private void begin(UserId user, ChatEvent event, AppendStep step, CompletableFuture<Published> result) {
        boolean unusedJoin = step.join(event, result);
        CompletableFuture<Object> sent = commands.send(scripts.append(user, step));
        CompletableFuture<Object> done =
                step.kind() == StepKind.DELETION ? sent.thenCompose(reply -> finished(user, step, reply)) : sent;
        var unusedReply = done.whenComplete((reply, failure) -> {
            open.remove(user, step);
            if (failure == null) {
                step.complete(reply);
            } else {
                step.fail(Failures.unwrap(failure));
            }
        });
        // Not before it was handed over: a later command of a caller whose event joined would overtake the step.
        open.put(user, step);
        if (step.isSealed()) {
            open.remove(user, step);
        }
    }

    /** Returns the reply to the append of a deletion when all content is gone. Other commands come in between. */
    private CompletableFuture<Object> finished(UserId user, AppendStep deletion, Object reply) {
        return AppendStep.ofUnfinished(reply)
                .map(appended -> rest(user, deletion).thenApply(done -> appended))
                .orElseGet(() -> CompletableFuture.completedFuture(reply));
    }

    private CompletableFuture<Object> rest(UserId user, AppendStep deletion) {
        return commands.send(scripts.deleteRest(user, deletion))
                .thenCompose(left ->
                        Long.valueOf(1).equals(left) ? rest(user, deletion) : CompletableFuture.completedFuture(left));
    }

    /** Another command for this user follows: later appends do not join those before it. */
    public void endStep(UserId user) {
        open.remove(user);
    }
}
