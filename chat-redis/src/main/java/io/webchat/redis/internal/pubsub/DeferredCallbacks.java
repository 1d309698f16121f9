package io.webchat.redis.internal.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is to be done once a lock is given back, in order. */
final class DeferredCallbacks {
    private final List<Runnable> all = new ArrayList<>(2);

    void add(Runnable effect) {
        all.add(effect);
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
