package io.webchat.core.testing;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets the calls of a backend fail, be late or stay without an answer. */
public final class Faults {
    /** The outcome of a call. */
    public enum Fault {
        /** Works as it should. */
        NONE,
        /** Refuses without doing anything. */
        REFUSE,
        /** Does its work, but answers with a failure, like a crash after the write. */
        LOSE_ANSWER,
        /** Does its work, and answers a moment later on another thread, as a network does. */
        LATE,
        /** Does its work, and answers when the test says so. */
        WAIT,
        /** Does its work, and answers, a few milliseconds later, like a batch that waits for company. */
        SLOW,
        /** Does its work, and answers, after the test says so. */
        HOLD,
        /** Never answers, and does nothing. */
        HANG
    }

    private static final int MAX_SLOW_MILLIS = 30;

    private volatile Supplier<Fault> die = () -> Fault.NONE;
    private volatile CompletableFuture<Void> released = CompletableFuture.completedFuture(null);
    private final AtomicInteger calls = new AtomicInteger();

    /** Gives every call this outcome. */
    public void always(Fault what) {
        die = () -> what;
    }

    /** Gives the next calls this outcome; later calls work. */
    public void next(int calls, Fault what) {
        AtomicInteger times = new AtomicInteger(calls);
        die = () -> times.getAndDecrement() > 0 ? what : Fault.NONE;
    }

    /** The next call does its work and answers once the returned stage is completed. */
    public CompletableFuture<Void> nextWaits() {
        CompletableFuture<Void> now = new CompletableFuture<>();
        released = now;
        next(1, Fault.WAIT);
        return now;
    }

    /** The next call begins its work once the returned stage is completed. */
    public CompletableFuture<Void> nextIsHeld() {
        CompletableFuture<Void> now = new CompletableFuture<>();
        released = now;
        next(1, Fault.HOLD);
        return now;
    }

    /** Asks for the outcome of each call; several threads may ask at once. */
    public void randomly(Supplier<Fault> dice) {
        die = dice;
    }

    /** Lets all calls work again. */
    public void heal() {
        always(Fault.NONE);
    }

    /** Returns how many calls there were. */
    public int calls() {
        return calls.get();
    }

    <T> CompletionStage<T> apply(Supplier<CompletionStage<T>> call) {
        calls.incrementAndGet();
        return switch (die.get()) {
            case NONE -> call.get();
            case REFUSE ->
                CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "refused by the test"));
            case LOSE_ANSWER ->
                call.get()
                        .thenCompose(done -> CompletableFuture.failedFuture(new IllegalStateException("answer lost")));
            case LATE -> late(call.get());
            case WAIT -> waiting(call.get(), released);
            case SLOW -> begun(call, after(ThreadLocalRandom.current().nextInt(MAX_SLOW_MILLIS)));
            case HOLD -> begun(call, released);
            case HANG -> new CompletableFuture<>();
        };
    }

    private static <T> CompletionStage<T> waiting(CompletionStage<T> answer, CompletionStage<Void> until) {
        return until.thenCompose(now -> answer);
    }

    private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> call, CompletionStage<Void> begin) {
        return begin.thenCompose(now -> call.get());
    }

    private static CompletableFuture<Void> after(int millis) {
        return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private static <T> CompletionStage<T> late(CompletionStage<T> answer) {
        return answer.thenApplyAsync(done -> done, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
    }
}
