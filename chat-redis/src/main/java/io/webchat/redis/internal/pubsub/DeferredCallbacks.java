package io.webchat.redis.internal.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects callbacks under a lock, and runs them in order after the lock is released. */
final class DeferredCallbacks {
    private final List<Runnable> all = new ArrayList<>(2);

    void add(Runnable callback) {
        all.add(callback);
    }

    void complete(List<CompletableFuture<Void>> stages) {
        stages.forEach(each -> all.add(() -> each.complete(null)));
    }

    void fail(List<CompletableFuture<Void>> stages, RuntimeException why) {
        stages.forEach(each -> all.add(() -> each.completeExceptionally(why)));
    }

    void run() {
        all.forEach(Runnable::run);
    }
}
