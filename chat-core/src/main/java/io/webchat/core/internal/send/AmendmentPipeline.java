package io.webchat.core.internal.send;

import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.async.PendingSend;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.events.MessageReport;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.spi.queue.Appended;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Sends an amendment. It first goes to the queue of the user who made it: a resend or a conflict is recognised there,
 * and its time there is its time in the call log. So the amendments of one user have one order for everyone. Then the
 * call log and the queues of the others get it. Each queue that takes a deletion gives up the content in the same step.
 * A resend takes every step again; each is safe to repeat.
 */
final class AmendmentPipeline {
    private static final int MAX_PARALLEL = 64;
    private static final int MAX_FAILURES = 8;

    /** A message that is younger may still be on its way to the queue of a member of its room. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(2);

    private final AmendmentRecorder amendments;
    private final QueueAppender queues;
    private final QueuePublisher publisher;
    private final MessageRecorder recorder;
    private final Permissions permissions;
    private final MessageJudge judge;
    private final ChatObserver observer;
    private final Executor overflow;
    private final CommittedEvents committed;

    AmendmentPipeline(
            BackendCalls backends,
            QueueAppender queues,
            QueuePublisher publisher,
            MessageRecorder recorder,
            Permissions permissions,
            MessageJudge judge,
            ChatObserver observer,
            Executor overflow,
            CommittedEvents committed) {
        this.amendments = new AmendmentRecorder(backends);
        this.queues = queues;
        this.publisher = publisher;
        this.recorder = recorder;
        this.permissions = permissions;
        this.judge = judge;
        this.observer = observer;
        this.overflow = overflow;
        this.committed = committed;
    }

    /** The refusal of an amendment of a message that was deleted. */
    static ChatException deleted() {
        return new ChatException(ErrorCode.NOT_FOUND, "About: this message was deleted");
    }

    /**
     * The steps behind the append to the user's own queue.
     *
     * @param own the amendment as it is stored in that queue
     * @param others the appends to the queues of the others
     * @param recorded the record in the call log
     * @param published the publishes, each of which follows its append and the record, and perhaps a second append
     */
    private record Steps(
            Amendment own,
            Appended first,
            long time,
            Fanout<UserId> others,
            CompletableFuture<Void> recorded,
            Queue<CompletableFuture<Integer>> published) {}

    /** Sends an amendment that this device made; it gets no copy. */
    PendingSend send(AmendmentApproval.Approved approved, DeviceId device) {
        long start = System.nanoTime();
        Amendment own = approved.amendment().copyFrom(device);
        MessageReport report = committed.begin(approved.amendment());
        // The clocks of two queues differ. No change comes before its message, and no two edits have one time.
        long after = Math.max(approved.target().storedAt(), approved.target().editedAt());
        CompletableFuture<Appended> appended = recorder.earlierTimeOf(own)
                .thenCompose(earlier -> earlier == 0
                        ? queues.append(own.from(), own, after)
                        : queues.append(own.from(), withTime(own, device, earlier)));
        CompletableFuture<Steps> steps = appended.thenCompose(first -> {
            report.onAppended(first);
            return judge.stored(approved.amendment(), first).thenCompose(stored -> {
                report.onStored(stored);
                return recorder.timeOf(stored, first).thenApply(time -> {
                    report.onTime(first, time);
                    return sendToOthers(approved.with(stored), device, first, time, start);
                });
            });
        });
        CompletableFuture<Void> submitted =
                steps.thenCompose(each -> each.others.started()).exceptionally(failure -> null);
        return new PendingSend(submitted, report.until(steps.thenCompose(each -> answer(each, start))));
    }

    /** The copy for the user's own queue, with a time in the call log that is not the time in this queue. */
    private static Amendment withTime(Amendment amendment, DeviceId device, long time) {
        return amendment.copyTo(amendment.to(), time).copyFrom(device);
    }

    private Steps sendToOthers(
            AmendmentApproval.Approved approved, DeviceId device, Appended first, long time, long start) {
        LoggedMessage target = approved.target();
        Amendment amendment = approved.amendment();
        CompletableFuture<Void> recorded = amendments.record(amendment, target, time);
        Queue<CompletableFuture<Integer>> published = new ConcurrentLinkedQueue<>();
        Fanout<UserId> others = Fanout.over(approved.others(), MAX_PARALLEL, MAX_FAILURES, overflow, user -> {
            Amendment copy = amendment.copyTo(user, time);
            CompletableFuture<Appended> appended =
                    before(user, amendment, target, first).thenCompose(done -> queues.append(user, copy));
            published.add(appended.thenCombine(recorded, (done, logged) -> done)
                    .thenCompose(done -> queues.appendIfLost(user, () -> copy, done, start))
                    .thenCompose(done -> publisher.publish(user, done, copy)));
            return appended;
        });
        Amendment own = time == first.storedAt() ? amendment.copyFrom(device) : withTime(amendment, device, time);
        return new Steps(own, first, time, others, recorded, published);
    }

    /**
     * Puts the message into the queue of a member if it may still be on its way there: nobody gets a change before its
     * message. If it is there, that is a resend without effect. A deletion needs no message: its queue takes none
     * later. A member who joined after the message finds it in the history only.
     */
    private CompletableFuture<Void> before(UserId user, Amendment amendment, LoggedMessage target, Appended first) {
        ChatEvent.Message message = target.message();
        RoomId room = message.room();
        boolean young = first.storedAt() - target.storedAt() < ON_ITS_WAY.toMillis();
        if (room == null || !young || amendment.isDeletion() || user.equals(message.from())) {
            return CompletableFuture.completedFuture(null);
        }
        return permissions
                .hasJoinedAfter(room, user, target.storedAt())
                .thenCompose(newcomer -> newcomer
                        ? CompletableFuture.completedFuture(null)
                        : queues.append(user, message.copyTo(user, target.storedAt()))
                                .thenApply(done -> null));
    }

    private CompletableFuture<SendResult> answer(Steps steps, long start) {
        Amendment own = steps.own;
        Appended first = steps.first;
        return CompletableFuture.allOf(steps.others.done(), steps.recorded)
                .thenCompose(done -> publisher.publish(own.from(), first, own))
                .thenCompose(done -> CompletableFuture.allOf(steps.published.toArray(CompletableFuture<?>[]::new)))
                .thenApply(done -> {
                    observer.accepted(first.duplicate(), Duration.ofNanos(System.nanoTime() - start));
                    return new SendResult(own.id(), first.seq(), steps.time, first.duplicate());
                });
    }
}
