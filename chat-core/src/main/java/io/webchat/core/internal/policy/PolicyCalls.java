package io.webchat.core.internal.policy;

import io.webchat.core.ChatException;
import io.webchat.core.ChatObserver;
import io.webchat.core.ErrorCode;
import io.webchat.core.internal.async.Completions;
import io.webchat.core.internal.async.DaemonThreads;
import io.webchat.core.internal.async.Deadlines;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.spi.support.LogThrottle;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a policy of the application on threads of its own. Each call ends within the time-out. Each failure becomes
 * {@code unavailable}, is counted, and is logged once a minute at most.
 */
public final class PolicyCalls implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PolicyCalls.class);
    private static final int THREADS = 8;
    private static final int MAX_WAITING = 10_000;

    private final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));
    private final String policy;
    private final ChatObserver observer;
    private final Deadlines deadlines;
    private final ThreadPoolExecutor threads;

    /**
     * Calls to one policy.
     *
     * @param policy its name in the metric and in the log, for example {@code message}
     * @param timeout the longest time that a call may take, the time in which it waits for a thread included
     */
    public PolicyCalls(String policy, Duration timeout, ChatObserver observer) {
        this.policy = policy;
        this.observer = observer;
        this.deadlines = new Deadlines(timeout);
        this.threads = DaemonThreads.pool(THREADS, new ArrayBlockingQueue<>(MAX_WAITING), "webchat-" + policy);
    }

    /** The threads on which the policy runs. */
    Executor threads() {
        return threads;
    }

    /** Makes a call; the result fails with {@code unavailable} only. */
    <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> call) {
        // A future of its own, because the engine must not complete the application's future.
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<T> answer = CompletableFuture.completedFuture(call).thenComposeAsync(Supplier::get, threads);
        Completions.whenDone(answer, (value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                fail(result, Failures.unwrap(failure));
            }
        });
        deadlines.watch(result, () -> fail(result, new TimeoutException("no answer in time")));
        return result;
    }

    private void fail(CompletableFuture<?> result, Throwable cause) {
        boolean first = result.completeExceptionally(
                new ChatException(ErrorCode.UNAVAILABLE, "the server could not decide on this, try again", cause));
        if (first) {
            observer.policyFailed(policy);
            if (warnings.permits()) {
                log.warn(
                        "the {} policy of the application failed, so its question is answered with unavailable; "
                                + "further failures are not logged for a minute",
                        policy,
                        cause);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
