package io.webchat.core.internal.push;

import io.webchat.core.ChatConfig;
import io.webchat.core.ChatObserver;
import io.webchat.core.OfflineListener;
import io.webchat.core.OfflineMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.async.BoundedExecutor;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.Fanout;
import io.webchat.core.internal.backend.BackendCalls;
import io.webchat.core.internal.backend.MessageKey;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches each stored message, and calls the {@link OfflineListener} if no device confirmed it in time. It asks the
 * queue at the end of that time, because any node may have got the confirmation. One timer serves all messages.
 */
public final class OfflineWatch {
    private static final Logger log = LoggerFactory.getLogger(OfflineWatch.class);
    /** About 20 MB. */
    private static final int MAX_WAITING = 100_000;

    private static final int MAX_CALLS = 10_000;
    private static final long MAX_CALL_BYTES = 16L << 20;
    private static final int MESSAGE_BYTES = 512;
    private static final int THREADS = 2;
    /** The largest number of users whose queues are asked at once. */
    private static final int MAX_PARALLEL = 64;

    private static final int MAX_ATTEMPTS = 10;
    private static final int CHECKS_PER_WAIT = 10;
    private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);

    private final LogThrottle warnings = new LogThrottle();
    private final OfflineListener listener;
    private final BackendCalls backends;
    private final ChatObserver observer;
    private final PushDetails details;
    private final WaitingMessages waiting;
    private final BoundedExecutor calls;
    private final BiConsumer<Duration, Runnable> timer;
    private final LongSupplier nanoTime;
    private final long pushAfter;
    private final Duration tick;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * A watch for this listener.
     *
     * @param timer runs a short task after a delay, until the engine is closed
     * @param nanoTime the clock
     */
    public OfflineWatch(
            OfflineListener listener,
            BackendCalls backends,
            ChatConfig config,
            ChatObserver observer,
            BiConsumer<Duration, Runnable> timer,
            LongSupplier nanoTime) {
        this.listener = listener;
        this.backends = backends;
        this.observer = observer;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.pushAfter = config.pushAfter().toNanos();
        this.tick = tick(config.pushAfter());
        this.details = new PushDetails(backends, config.permissionCache(), nanoTime);
        this.waiting = new WaitingMessages(MAX_WAITING);
        this.calls = new BoundedExecutor("webchat-offline", THREADS, MAX_CALLS, MAX_CALL_BYTES);
    }

    private static Duration tick(Duration pushAfter) {
        Duration part = pushAfter.dividedBy(CHECKS_PER_WAIT);
        if (part.compareTo(SHORTEST_TICK) < 0) {
            return SHORTEST_TICK;
        }
        return part.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : part;
    }

    /** A message was appended to the queue of its recipient. */
    public void onAppended(ChatEvent.Message message, Appended appended) {
        if (listener.equals(OfflineListener.NONE) || appended.duplicate()) {
            return;
        }
        long due = nanoTime.getAsLong() + pushAfter;
        add(new WaitingMessage(
                message.to(), MessageKey.of(message), appended.epoch().number(), appended.seq(), due, 1));
    }

    private void add(WaitingMessage message) {
        if (waiting.add(message)) {
            schedule();
        } else {
            onDropped();
        }
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            timer.accept(tick, this::onTick);
        }
    }

    private void onTick() {
        scheduled.set(false);
        Completions.whenDone(check(waiting.due(nanoTime.getAsLong())), (done, failure) -> {});
        if (!waiting.isEmpty()) {
            schedule();
        }
    }

    /** Checks these messages; the result completes when the listener's calls are submitted, and never fails. */
    private CompletableFuture<Void> check(List<WaitingMessage> due) {
        Map<UserId, List<WaitingMessage>> byUser = new LinkedHashMap<>();
        due.forEach(each ->
                byUser.computeIfAbsent(each.user(), user -> new ArrayList<>()).add(each));
        return Fanout.over(List.copyOf(byUser.values()), MAX_PARALLEL, this::checkUser)
                .done();
    }

    private CompletableFuture<Void> checkUser(List<WaitingMessage> messages) {
        UserId user = messages.get(0).user();
        return new ConfirmationCheck(backends, user, messages)
                .run()
                .thenCompose(outcome -> {
                    for (int i = 0; i < outcome.unknown(); i++) {
                        onDropped();
                    }
                    return report(user, outcome.unconfirmed());
                })
                .exceptionally(failure -> {
                    log.debug("cannot find out what {} has confirmed; trying again", user, failure);
                    checkAgain(messages);
                    return null;
                });
    }

    private void checkAgain(List<WaitingMessage> messages) {
        long later = nanoTime.getAsLong() + pushAfter;
        for (WaitingMessage each : messages) {
            if (each.attempt() < MAX_ATTEMPTS) {
                add(each.again(later));
            } else {
                onDropped();
            }
        }
    }

    private CompletableFuture<Void> report(UserId user, List<ChatEvent.Message> messages) {
        if (messages.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return details.recipient(user)
                .thenCompose(recipient -> CompletableFuture.allOf(messages.stream()
                        .map(each -> details.title(each, recipient)
                                .thenAccept(title -> call(new OfflineMessage(user, each, recipient.unread(), title))))
                        .toArray(CompletableFuture<?>[]::new)));
    }

    private void call(OfflineMessage message) {
        long bytes = MESSAGE_BYTES + (long) message.message().content().length();
        if (!calls.execute(bytes, () -> listener.onOffline(message))) {
            onDropped();
        }
    }

    private void onDropped() {
        observer.offlineDropped();
        if (warnings.permits()) {
            log.warn("too many messages wait for confirmations or for the offline listener: some are not reported; "
                    + "others are not logged for 10 seconds");
        }
    }

    /** Checks all messages that still wait, calls the listener, and takes no more. Blocks as long as the grace. */
    public void close(Duration grace) {
        long begun = System.nanoTime();
        check(waiting.all())
                .exceptionally(failure -> null)
                .completeOnTimeout(null, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        Duration left = grace.minusNanos(System.nanoTime() - begun);
        calls.close(left.isNegative() ? Duration.ZERO : left);
    }
}
