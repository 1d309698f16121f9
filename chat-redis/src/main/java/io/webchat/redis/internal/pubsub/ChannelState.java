package io.webchat.redis.internal.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where one channel stands on one connection, and who waits for it. Guarded by its {@link SubscriptionProtocol}. */
final class ChannelState {
    /** What the server does, or is about to do; at most one command about a channel is under way. */
    enum Stage {
        OFF,
        SUBSCRIBING,
        ON,
        UNSUBSCRIBING
    }

    private final String name;
    private final List<CompletableFuture<Void>> joining = new ArrayList<>();
    private final List<CompletableFuture<Void>> leaving = new ArrayList<>();
    private Stage stage = Stage.OFF;
    private boolean interrupted;

    ChannelState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage now) {
        stage = now;
    }

    /** The connection is gone, and the server's subscription with it. */
    void lost() {
        interrupted |= stage == Stage.ON;
        stage = Stage.OFF;
    }

    /** Whether listeners have missed something since they were last told; says so once. */
    boolean takeInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    void join(CompletableFuture<Void> settled) {
        add(joining, settled);
    }

    void leave(CompletableFuture<Void> settled) {
        add(leaving, settled);
    }

    private static void add(List<CompletableFuture<Void>> all, CompletableFuture<Void> one) {
        // Those who gave up waiting; a long outage would pile them up.
        all.removeIf(CompletableFuture::isDone);
        all.add(one);
    }

    List<CompletableFuture<Void>> takeJoining() {
        return take(joining);
    }

    List<CompletableFuture<Void>> takeLeaving() {
        return take(leaving);
    }

    private static List<CompletableFuture<Void>> take(List<CompletableFuture<Void>> all) {
        List<CompletableFuture<Void>> taken = List.copyOf(all);
        all.clear();
        return taken;
    }
}
