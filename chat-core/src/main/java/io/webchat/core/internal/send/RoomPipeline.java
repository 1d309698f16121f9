package io.webchat.core.internal.send;

import io.webchat.core.ChatObserver;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.async.PendingSend;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.events.MessageReport;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.internal.push.OfflineWatch;
import io.webchat.core.spi.queue.Appended;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Sends a message to a room. The message first goes to the author's own queue, and its time there is its time in the
 * call log. A resend or a conflict is recognised there, before any other member has the message. Then the queues of all
 * other members and the call log get it. A resend takes every step again; each is safe to repeat. If the queues of some
 * members fail, the send fails, and all other members have the message.
 */
final class RoomPipeline {
    /** The largest number of concurrent appends for one message. */
    private static final int MAX_PARALLEL = 64;
    /** Up to this number of failed queues, the message goes on to all other members. More failures are an outage. */
    private static final int MAX_FAILURES = 8;

    private final QueueAppender queues;
    private final QueuePublisher publisher;
    private final MessageRecorder recorder;
    private final MessageJudge judge;
    private final ChatObserver observer;
    private final Executor overflow;
    /** Publishes a stored message; never fails. */
    private final BiFunction<ChatEvent.Message, Appended, CompletableFuture<Void>> publish;

    private final CommittedEvents committed;
    private final OfflineWatch offline;

    RoomPipeline(
            QueueAppender queues,
            QueuePublisher publisher,
            MessageRecorder recorder,
            MessageJudge judge,
            ChatObserver observer,
            Executor overflow,
            BiFunction<ChatEvent.Message, Appended, CompletableFuture<Void>> publish,
            CommittedEvents committed,
            OfflineWatch offline) {
        this.queues = queues;
        this.publisher = publisher;
        this.recorder = recorder;
        this.judge = judge;
        this.observer = observer;
        this.overflow = overflow;
        this.publish = publish;
        this.committed = committed;
        this.offline = offline;
    }

    /**
     * Sends a message.
     *
     * @param message the message, addressed to its author
     * @param device the author's device; it gets no copy
     * @param others the other members
     */
    PendingSend send(ChatEvent.Message message, DeviceId device, List<UserId> others) {
        long start = System.nanoTime();
        ChatEvent.Message own = message.copyFrom(device);
        MessageReport report = committed.begin(message);
        CompletableFuture<MemberSends> sends = queues.append(own.from(), own).thenCompose(first -> {
            report.onAppended(first);
            return judge.stored(own.from(), message, first).thenCompose(stored -> {
                report.onStored(stored);
                return recorder.find(stored, first).thenCompose(logged -> {
                    report.onTime(first, logged.time());
                    Deletion deletion = logged.deletion();
                    return deletion == null
                            ? CompletableFuture.completedFuture(
                                    sendToMembers(stored, first, logged.time(), others, start))
                            : endOfDeleted(stored, own, first, logged.time(), deletion, start);
                });
            });
        });
        CompletableFuture<Void> submitted =
                sends.thenCompose(each -> each.members.started()).exceptionally(failure -> null);
        return new PendingSend(submitted, report.until(sends.thenCompose(each -> answer(each, device, start))));
    }

    /**
     * The steps behind the append to the author's queue.
     *
     * @param message the message as it is stored
     * @param first the outcome of that append
     * @param members the appends to the other members' queues
     * @param recorded the record in the call log
     * @param published the publishes, each of which follows its append and the record, and perhaps a second append
     */
    private record MemberSends(
            ChatEvent.Message message,
            Appended first,
            Fanout<UserId> members,
            CompletableFuture<Long> recorded,
            Queue<CompletableFuture<Void>> published) {}

    /**
     * The end of a resend of a message that was deleted. Nobody gets it: the deletion has reached all members. A resend
     * that the author's queue did not recognise is refused.
     */
    private CompletableFuture<MemberSends> endOfDeleted(
            ChatEvent.Message message,
            ChatEvent.Message own,
            Appended first,
            long time,
            Deletion deletion,
            long start) {
        return recorder.takeOut(own.from(), own, first, deletion).thenApply(done -> {
            if (!first.duplicate()) {
                throw MessageRecorder.deleted();
            }
            return sendToMembers(message.deleted(deletion), first, time, List.of(), start);
        });
    }

    private MemberSends sendToMembers(
            ChatEvent.Message message, Appended first, long time, List<UserId> others, long start) {
        CompletableFuture<Long> recorded = recorder.record(message, first, time);
        Queue<CompletableFuture<Void>> published = new ConcurrentLinkedQueue<>();
        Fanout<UserId> members = Fanout.over(others, MAX_PARALLEL, MAX_FAILURES, overflow, member -> {
            ChatEvent.Message copy = message.copyTo(member, time);
            CompletableFuture<Appended> appended = queues.append(member, copy).thenApply(done -> {
                offline.onAppended(copy, done);
                return done;
            });
            published.add(appended.thenCombine(recorded, (done, logged) -> done)
                    .thenCompose(done -> queues.appendIfLost(member, () -> copy, done, start))
                    .thenCompose(done -> publish.apply(copy, done)));
            return appended;
        });
        return new MemberSends(message, first, members, recorded, published);
    }

    private CompletableFuture<SendResult> answer(MemberSends sends, DeviceId device, long start) {
        Appended first = sends.first;
        ChatEvent.Message own = sends.message.copyFrom(device);
        return CompletableFuture.allOf(sends.members.done(), sends.recorded)
                .thenCompose(done -> {
                    CompletableFuture<Integer> unused = publisher.publish(own.from(), first, own);
                    return CompletableFuture.allOf(sends.published.toArray(CompletableFuture<?>[]::new));
                })
                .thenApply(done -> {
                    observer.accepted(first.duplicate(), Duration.ofNanos(System.nanoTime() - start));
                    return new SendResult(own.id(), first.seq(), sends.recorded.join(), first.duplicate());
                });
    }
}
