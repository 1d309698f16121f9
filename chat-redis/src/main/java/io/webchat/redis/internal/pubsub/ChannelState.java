package io.webchat.redis.internal.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The state of one channel on one connection, and the stages that wait for it. Guarded by the {@link
 * SubscriptionProtocol}.
 */
final class ChannelState {
    /** The state at the server. At most one command about a channel is in flight. */
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

    void stage(Stage next) {
        stage = next;
    }

    /** The connection is lost, and the server's subscription with it. */
    void connectionLost() {
        interrupted |= stage == Stage.ON;
        stage = Stage.OFF;
    }

    /** Whether listeners may have missed messages. Returns true once for each interruption. */
    boolean takeInterrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    void join(CompletableFuture<Void> waiter) {
        add(joining, waiter);
    }

    void leave(CompletableFuture<Void> waiter) {
        add(leaving, waiter);
    }

    private static void add(List<CompletableFuture<Void>> all, CompletableFuture<Void> one) {
        // Removes stages that timed out; a long outage would accumulate them.
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
