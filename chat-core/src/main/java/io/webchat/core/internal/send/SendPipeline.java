package io.webchat.core.internal.send;

import io.webchat.core.ChatObserver;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.async.PendingSend;
import io.webchat.core.internal.backend.AppendOutcome;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.events.CommittedEvents;
import io.webchat.core.internal.events.MessageReport;
import io.webchat.core.internal.policy.MessageJudge;
import io.webchat.core.internal.policy.StoredForms;
import io.webchat.core.internal.push.OfflineWatch;
import io.webchat.core.internal.restore.QueueRestorer;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.queue.Appended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event: appends it to the recipient's queue, records it in the call log, and publishes it. A resend takes
 * every step again, because the first attempt may have failed between any two of them. Each step is safe to repeat.
 */
public final class SendPipeline {
    /** The largest number of concurrent publishes of one signal. */
    private static final int MAX_PARALLEL = 64;

    private final BackendCalls backends;
    private final QueueAppender queues;
    private final QueuePublisher publisher;
    private final MessageRecorder recorder;
    private final ChatObserver observer;
    private final OfflineWatch offline;
    private final Permissions permissions;
    private final MessageJudge judge;
    private final Executor overflow;
    private final CommittedEvents committed;
    private final RoomPipeline rooms;
    private final AmendmentPipeline amendments;

    /**
     * A pipeline.
     *
     * @param restorer restores queues to which something is sent
     * @param offline watches whether messages are confirmed
     * @param permissions tells who has blocked whom
     * @param judge finds the stored form of a resend that the application's policies judged again
     * @param overflow runs the work for the members of large rooms
     * @param committed tells the application what was stored
     */
    public SendPipeline(
            BackendCalls backends,
            QueueRestorer restorer,
            ChatObserver observer,
            OfflineWatch offline,
            Permissions permissions,
            MessageJudge judge,
            Executor overflow,
            CommittedEvents committed) {
        this.backends = backends;
        this.queues = new QueueAppender(backends, restorer, observer);
        this.publisher = new QueuePublisher(backends);
        this.recorder = new MessageRecorder(backends);
        this.observer = observer;
        this.offline = offline;
        this.permissions = permissions;
        this.judge = judge;
        this.overflow = overflow;
        this.committed = committed;
        this.rooms = new RoomPipeline(
                queues, publisher, recorder, judge, observer, overflow, this::publishMessage, committed, offline);
        this.amendments = new AmendmentPipeline(
                backends, queues, publisher, recorder, permissions, judge, observer, overflow, committed);
    }

    /**
     * Sends a message to another user.
     *
     * @param copy the copy for the author's other devices; null when there are none
     */
    public PendingSend sendMessage(ChatEvent.Message message, ChatEvent.@Nullable Message copy) {
        long start = System.nanoTime();
        MessageReport report = committed.begin(message);
        CompletableFuture<AppendOutcome> outcome = append(message);
        CompletableFuture<ChatEvent.Message> stored = outcome.thenCompose(done -> {
            report.onAppended(done.appended());
            return judge.stored(message.to(), message, done.appended());
        });
        OwnCopy own = appendCopy(copy, stored);
        CompletableFuture<SendResult> answer = outcome.thenCompose(done -> stored.thenCompose(form -> {
                    report.onStored(form);
                    return settle(form, done, own.appended, report, start);
                }))
                .thenCombine(outcome, (recorded, done) -> {
                    boolean duplicate = done.appended().duplicate();
                    observer.accepted(duplicate, Duration.ofNanos(System.nanoTime() - start));
                    return new SendResult(message.id(), recorded.seq(), recorded.time, duplicate);
                });
        return new PendingSend(own.submitted, report.until(answer));
    }

    /** A copy in the queue of its author. */
    private record Copied(ChatEvent.Message message, Appended appended) {}

    /**
     * The copy for the author's other devices.
     *
     * @param submitted completes when its append is submitted
     * @param appended completes when it is in the queue; empty if there is no copy
     */
    private record OwnCopy(CompletableFuture<Void> submitted, CompletableFuture<Optional<Copied>> appended) {
        static final OwnCopy NONE = of(CompletableFuture.completedFuture(Optional.empty()));

        static OwnCopy of(CompletableFuture<Optional<Copied>> appended) {
            return new OwnCopy(CompletableFuture.completedFuture(null), appended);
        }
    }

    /**
     * Appends the copy at once, so that the copies keep the order of the messages. In a chat with policies the stored
     * form of a resend may differ from the copy. The copy waits for it there, and the next send waits for the copy.
     */
    private OwnCopy appendCopy(ChatEvent.@Nullable Message copy, CompletableFuture<ChatEvent.Message> stored) {
        if (copy == null) {
            return OwnCopy.NONE;
        }
        if (!judge.hasPolicies()) {
            return OwnCopy.of(appendCopy(copy));
        }
        CompletableFuture<Void> submitted = new CompletableFuture<>();
        CompletableFuture<Optional<Copied>> appended = stored.whenComplete((form, failure) -> {
                    if (failure != null) {
                        submitted.complete(null);
                    }
                })
                .thenCompose(form -> {
                    CompletableFuture<Optional<Copied>> begun = appendCopy(StoredForms.with(copy, form.content()));
                    submitted.complete(null);
                    return begun;
                });
        return new OwnCopy(submitted, appended);
    }

    private CompletableFuture<Optional<Copied>> appendCopy(ChatEvent.Message copy) {
        return queues.append(copy.from(), copy).thenApply(appended -> Optional.of(new Copied(copy, appended)));
    }

    /** Records and publishes a message that is in its queue. */
    private CompletableFuture<Recorded> settle(
            ChatEvent.Message stored,
            AppendOutcome outcome,
            CompletableFuture<Optional<Copied>> copied,
            MessageReport report,
            long start) {
        Appended appended = outcome.appended();
        CompletableFuture<MessageRecorder.Logged> found = recorder.find(stored, appended)
                .whenComplete((logged, failure) -> {
                    if (failure != null || logged.deletion() == null) {
                        offline.onAppended(stored, appended);
                    }
                });
        return found.thenCompose(logged -> {
            Deletion deletion = logged.deletion();
            return deletion == null
                    ? publish(stored, outcome, logged.time(), copied, report, start)
                    : endOfDeleted(stored, appended, logged.time(), deletion, copied);
        });
    }

    /**
     * The end of a resend of a message that was deleted. A queue that has got it again gives it up, the author's one
     * too. A resend that the recipient's queue did not recognise is refused.
     */
    private CompletableFuture<Recorded> endOfDeleted(
            ChatEvent.Message stored,
            Appended appended,
            long time,
            Deletion deletion,
            CompletableFuture<Optional<Copied>> copied) {
        CompletableFuture<Void> ofRecipient = recorder.takeOut(stored.to(), stored, appended, deletion);
        CompletableFuture<Void> ofAuthor = copied.thenCompose(
                found -> found.map(copy -> recorder.takeOut(copy.message.from(), copy.message, copy.appended, deletion))
                        .orElseGet(() -> CompletableFuture.completedFuture(null)));
        return CompletableFuture.allOf(ofRecipient, ofAuthor).thenApply(done -> {
            if (!appended.duplicate()) {
                throw MessageRecorder.deleted();
            }
            return new Recorded(time, copied.join());
        });
    }

    private CompletableFuture<Recorded> publish(
            ChatEvent.Message stored,
            AppendOutcome outcome,
            long time,
            CompletableFuture<Optional<Copied>> copied,
            MessageReport report,
            long start) {
        Appended appended = outcome.appended();
        return recorder.record(stored, appended, time)
                .whenComplete((done, failure) -> permissions.onMessage(stored))
                .thenCombine(copied, Recorded::new)
                .thenCompose(recorded -> queues.appendIfLost(
                                stored.to(), () -> stored.copyTo(stored.to(), recorded.time), appended, start)
                        .thenCompose(queued -> {
                            report.onTime(appended, recorded.time);
                            recorded.copy.ifPresent(this::publishCopy);
                            return publish(stored, new AppendOutcome(queued, outcome.receivers()));
                        })
                        .thenApply(published -> recorded));
    }

    /**
     * A message that is in the call log.
     *
     * @param time its time there
     * @param copy the copy for the author's other devices
     */
    private record Recorded(long time, Optional<Copied> copy) {
        /** The Seq of the copy; 0 if there is none. */
        long seq() {
            return copy.map(each -> each.appended.seq()).orElse(0L);
        }
    }

    /**
     * Appends a message. A call log that other nodes read must have the message before anybody sees it, so publishing
     * waits. A call log of this node alone has it at once.
     */
    private CompletableFuture<AppendOutcome> append(ChatEvent.Message message) {
        return backends.logComplete()
                ? queues.append(message.to(), message)
                        .thenApply(appended -> new AppendOutcome(appended, AppendOutcome.UNPUBLISHED))
                : queues.appendAndPublish(message.to(), message);
    }

    /** Returns the envelope to publish; null for a resend whose Seq is of an earlier epoch, so that nobody needs it. */
    private static @Nullable Envelope envelope(Appended appended, ChatEvent event) {
        return appended.seq() == 0
                ? null
                : Envelope.stored(appended.epoch().number(), appended.seq(), appended.storedAt(), event);
    }

    private void publishCopy(Copied copy) {
        CompletableFuture<Integer> unused = publisher.publish(copy.message.from(), copy.appended, copy.message);
    }

    private CompletableFuture<Void> publish(ChatEvent.Message message, AppendOutcome outcome) {
        if (outcome.isPublished()) {
            countIfOffline(outcome.receivers());
            return CompletableFuture.completedFuture(null);
        }
        return publishMessage(message, outcome.appended());
    }

    private void countIfOffline(int receivers) {
        if (receivers == 0) {
            observer.offline();
        }
    }

    /** Publishes a stored message. */
    private CompletableFuture<Void> publishMessage(ChatEvent.Message message, Appended appended) {
        return publisher.publish(message.to(), appended, message).thenAccept(receivers -> {
            if (!appended.duplicate()) {
                countIfOffline(receivers);
            }
        });
    }

    /**
     * Stores a receipt for the message's author. Call {@link #settleReceipt} next, also for a duplicate. An author whom
     * the reader has blocked gets nothing: a receipt would tell that the reader is online.
     */
    public CompletableFuture<AppendOutcome> appendReceipt(ChatEvent.Receipt receipt) {
        return permissions
                .hasBlocked(receipt.from(), receipt.to())
                .thenCompose(blocked -> blocked
                        ? CompletableFuture.completedFuture(AppendOutcome.WITHHELD)
                        : queues.appendAndPublish(receipt.to(), receipt.copyFrom(null)));
    }

    /**
     * Raises the watermarks of the conversation, and publishes a stored receipt. The reader's other devices hear of one
     * that names its device.
     *
     * @param outcome the outcome of {@link #appendReceipt}
     * @param deliveredUpTo the new delivered watermark; null to leave it
     * @param displayedUpTo the new displayed watermark; null to leave it
     */
    public CompletableFuture<SendResult> settleReceipt(
            ChatEvent.Receipt receipt,
            AppendOutcome outcome,
            @Nullable MessagePosition deliveredUpTo,
            @Nullable MessagePosition displayedUpTo) {
        Appended appended = outcome.appended();
        if (outcome.equals(AppendOutcome.WITHHELD)) {
            return CompletableFuture.completedFuture(new SendResult(receipt.id(), 0, 0, false));
        }
        // Published even if the mark failed: at the retry the receipt is a duplicate, which is never published,
        // because the queue may have a higher receipt in its stead.
        return mark(receipt, deliveredUpTo, displayedUpTo)
                .whenComplete((done, failure) -> publishReceipt(receipt.copyFrom(null), outcome))
                .thenApply(done -> {
                    tellOwnDevices(receipt);
                    return new SendResult(receipt.id(), 0, appended.storedAt(), appended.duplicate());
                });
    }

    /**
     * Raises the watermarks of the conversation.
     *
     * @param deliveredUpTo the new delivered watermark; null to leave it
     * @param displayedUpTo the new displayed watermark; null to leave it
     */
    public CompletableFuture<Void> mark(
            ChatEvent.Receipt receipt,
            @Nullable MessagePosition deliveredUpTo,
            @Nullable MessagePosition displayedUpTo) {
        CompletableFuture<Void> displayed = mark(receipt, MessageStatus.DISPLAYED, displayedUpTo);
        return deliveredUpTo != null && deliveredUpTo.isBehind(displayedUpTo)
                ? CompletableFuture.allOf(displayed, mark(receipt, MessageStatus.DELIVERED, deliveredUpTo))
                : displayed;
    }

    private CompletableFuture<Void> mark(
            ChatEvent.Receipt receipt, MessageStatus status, @Nullable MessagePosition upTo) {
        return upTo == null
                ? CompletableFuture.completedFuture(null)
                : backends.mark(new Mark(receipt.conversation(), receipt.to(), receipt.from(), status, upTo));
    }

    /** Passes a receipt to the reader's other devices. It is not stored: a device that connects asks for its counts. */
    private void tellOwnDevices(ChatEvent.Receipt receipt) {
        if (receipt.fromDevice() != null) {
            ignoringFailure(backends.publish(receipt.from(), Envelope.passing(receipt)));
        }
    }

    private void publishReceipt(ChatEvent.Receipt receipt, AppendOutcome outcome) {
        Appended appended = outcome.appended();
        if (!appended.duplicate()) {
            observer.receiptStored(receipt.kind());
            committed.onReceipt(receipt, appended.storedAt());
        }
        Envelope envelope = envelope(appended, receipt);
        if (envelope != null && !appended.duplicate() && !outcome.isPublished()) {
            ignoringFailure(backends.publish(receipt.to(), envelope));
        }
    }

    /** Sends a message from this device to the other members of the author's room. */
    public PendingSend sendToRoom(ChatEvent.Message message, DeviceId device, List<UserId> others) {
        return rooms.send(message, device, others);
    }

    /** Sends an amendment from this device. */
    public PendingSend sendAmendment(AmendmentApproval.Approved approved, DeviceId device) {
        return amendments.send(approved, device);
    }

    /** Publishes a signal to these members of a room; members who are offline never get it. */
    public CompletableFuture<SendResult> publishToMembers(ChatEvent.Signal signal, List<UserId> others) {
        return Fanout.over(
                        others,
                        MAX_PARALLEL,
                        overflow,
                        member -> backends.publish(member, Envelope.passing(signal.copyTo(member))))
                .done()
                .thenApply(done -> new SendResult(null, 0, 0, false));
    }

    /** Publishes an event that is not stored; a recipient who is offline never gets it. */
    public CompletableFuture<SendResult> publishTransient(ChatEvent event) {
        return backends.publish(event.to(), Envelope.passing(event))
                .thenApply(receivers -> new SendResult(null, 0, 0, false));
    }

    /** Ignores a failed publish: the event is stored, and the failure is already observed and logged. */
    static void ignoringFailure(CompletableFuture<Integer> published) {
        Completions.whenDone(published, (receivers, failure) -> {});
    }
}
