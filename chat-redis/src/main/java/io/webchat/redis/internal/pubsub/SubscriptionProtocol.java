package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.ErrorReplies;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.pubsub.ChannelState.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The pub/sub protocol of one connection: it decides the next command, and matches replies to the commands that were
 * sent. It does no I/O and holds its lock only briefly. It completes stages and calls the owner after it has released
 * the lock, on the thread that caused the change.
 *
 * <p>Redis confirms channels in the order of the commands. An unexpected reply throws an exception, which closes the
 * connection. The next connection subscribes all channels anew.
 */
final class SubscriptionProtocol {
    private static final int BATCH = 1000;

    /** Commands for one connection. */
    record Batch(ServerConnection connection, List<CommandArguments> commands) {}

    private final PubSubMode mode;
    private final ChannelSubscriber.Owner owner;
    private final Map<String, ChannelState> channels = new HashMap<>();

    /** Channels that may need a command, in order. */
    private final Set<ChannelState> waiting = new LinkedHashSet<>();

    /** Commands without a complete reply, oldest first. */
    private final Deque<UnconfirmedCommand> sent = new ArrayDeque<>();

    private @Nullable ServerConnection connection;
    private boolean closed;

    SubscriptionProtocol(PubSubMode mode, ChannelSubscriber.Owner owner) {
        this.mode = mode;
        this.owner = owner;
    }

    static JedisConnectionException outOfStep(String what) {
        return new JedisConnectionException("unexpected pub/sub reply: " + what);
    }

    CompletableFuture<Void> join(String channel) {
        return change((stage, callbacks) -> {
            if (owner.wanted(channel)) {
                join(channels.computeIfAbsent(channel, ChannelState::new), stage, callbacks);
            } else {
                callbacks.fail(List.of(stage), unavailable("the subscription was cancelled"));
            }
        });
    }

    CompletableFuture<Void> leave(String channel) {
        return change((stage, callbacks) -> {
            ChannelState state = channels.get(channel);
            if (state == null || owner.wanted(channel)) {
                callbacks.complete(List.of(stage));
            } else {
                leave(state, stage, callbacks);
            }
        });
    }

    private CompletableFuture<Void> change(BiConsumer<CompletableFuture<Void>, DeferredCallbacks> work) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        DeferredCallbacks callbacks = new DeferredCallbacks();
        synchronized (this) {
            if (closed) {
                callbacks.fail(List.of(stage), unavailable("the connection to Redis is closed"));
            } else {
                work.accept(stage, callbacks);
            }
        }
        callbacks.run();
        return stage;
    }

    private void join(ChannelState channel, CompletableFuture<Void> stage, DeferredCallbacks callbacks) {
        callbacks.complete(channel.takeLeaving());
        if (channel.stage() == Stage.ON) {
            callbacks.complete(List.of(stage));
            return;
        }
        channel.join(stage);
        if (channel.stage() == Stage.OFF) {
            enqueue(channel);
        }
    }

    private void leave(ChannelState channel, CompletableFuture<Void> stage, DeferredCallbacks callbacks) {
        channel.leave(stage);
        if (channel.stage() == Stage.OFF) {
            forget(channel, unavailable("the subscription was cancelled"), callbacks);
        } else if (channel.stage() == Stage.ON) {
            enqueue(channel);
        }
    }

    private void enqueue(ChannelState channel) {
        waiting.add(channel);
        notifyAll();
    }

    private void forget(ChannelState channel, RuntimeException why, DeferredCallbacks callbacks) {
        channel.stage(Stage.OFF);
        channels.remove(channel.name(), channel);
        waiting.remove(channel);
        callbacks.fail(channel.takeJoining(), why);
        callbacks.complete(channel.takeLeaving());
    }

    private static ChatException unavailable(String why) {
        return new ChatException(ErrorCode.UNAVAILABLE, why);
    }

    /** Waits for commands to send. After {@code idle} without any, returns a PING. Null after {@link #close}. */
    @Nullable
    synchronized Batch next(Duration idle) throws InterruptedException {
        long since = System.nanoTime();
        while (!closed) {
            long left = idle.toNanos() - (System.nanoTime() - since);
            ServerConnection current = connection;
            if (current == null) {
                wait();
            } else if (!waiting.isEmpty()) {
                List<CommandArguments> commands = take();
                if (!commands.isEmpty()) {
                    return new Batch(current, commands);
                }
            } else if (left > 0) {
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } else {
                return new Batch(current, List.of(send(new UnconfirmedCommand(UnconfirmedCommand.Kind.PING))));
            }
        }
        return null;
    }

    private List<CommandArguments> take() {
        List<UnconfirmedCommand> all = new ArrayList<>();
        Iterator<ChannelState> each = waiting.iterator();
        for (int i = 0; i < BATCH && each.hasNext(); i++) {
            ChannelState channel = each.next();
            each.remove();
            boolean wanted = owner.wanted(channel.name());
            if (wanted && channel.stage() == Stage.OFF) {
                channel.stage(Stage.SUBSCRIBING);
                add(all, UnconfirmedCommand.Kind.SUBSCRIBE, channel);
            } else if (!wanted && channel.stage() == Stage.ON) {
                channel.stage(Stage.UNSUBSCRIBING);
                add(all, UnconfirmedCommand.Kind.UNSUBSCRIBE, channel);
            }
        }
        return all.stream().map(this::send).toList();
    }

    private void add(List<UnconfirmedCommand> all, UnconfirmedCommand.Kind kind, ChannelState channel) {
        UnconfirmedCommand last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last == null || last.kind() != kind || last.size() == mode.perCommand()) {
            last = new UnconfirmedCommand(kind);
            all.add(last);
        }
        last.add(channel);
    }

    private CommandArguments send(UnconfirmedCommand command) {
        sent.add(command);
        return command.command(mode);
    }

    /** A new connection is open. It has no subscription yet. */
    synchronized void connected(ServerConnection opened) {
        connection = opened;
        notifyAll();
    }

    /** The connection is lost. The next one subscribes the wanted channels. */
    void lost() {
        DeferredCallbacks callbacks = new DeferredCallbacks();
        synchronized (this) {
            connection = null;
            sent.clear();
            waiting.clear();
            for (ChannelState each : List.copyOf(channels.values())) {
                each.connectionLost();
                if (owner.wanted(each.name())) {
                    callbacks.complete(each.takeLeaving());
                    waiting.add(each);
                } else {
                    forget(each, unavailable("the subscription was cancelled"), callbacks);
                }
            }
        }
        callbacks.run();
    }

    /** Redis confirmed that a channel is subscribed, or unsubscribed. */
    void confirmed(boolean subscribed, String channel) {
        DeferredCallbacks callbacks = new DeferredCallbacks();
        synchronized (this) {
            ChannelState state = subscribed
                    ? takeConfirmed(UnconfirmedCommand.Kind.SUBSCRIBE, channel)
                    : findUnsubscribed(channel, callbacks);
            if (state != null && state == channels.get(channel)) {
                if (subscribed) {
                    confirmSubscribed(state, callbacks);
                } else {
                    confirmUnsubscribed(state, callbacks);
                }
            }
        }
        callbacks.run();
    }

    private void confirmSubscribed(ChannelState channel, DeferredCallbacks callbacks) {
        channel.stage(Stage.ON);
        callbacks.complete(channel.takeJoining());
        boolean interrupted = channel.takeInterrupted();
        if (!owner.wanted(channel.name())) {
            enqueue(channel);
            return;
        }
        callbacks.complete(channel.takeLeaving());
        if (interrupted) {
            callbacks.add(() -> owner.resubscribed(channel.name()));
        }
    }

    private void confirmUnsubscribed(ChannelState channel, DeferredCallbacks callbacks) {
        if (owner.wanted(channel.name())) {
            channel.stage(Stage.OFF);
            callbacks.complete(channel.takeLeaving());
            enqueue(channel);
        } else {
            forget(channel, unavailable("the subscription was cancelled"), callbacks);
        }
    }

    /** The channel of an unsubscription; null if the server itself ended the subscription because the slot moved. */
    private @Nullable ChannelState findUnsubscribed(String channel, DeferredCallbacks callbacks) {
        UnconfirmedCommand head = sent.peek();
        ChannelState next = head == null ? null : head.next();
        if (head != null
                && head.kind() == UnconfirmedCommand.Kind.UNSUBSCRIBE
                && next != null
                && next.name().equals(channel)) {
            return takeConfirmed(UnconfirmedCommand.Kind.UNSUBSCRIBE, channel);
        }
        ChannelState state = channels.get(channel);
        if (mode != PubSubMode.SHARDED || state == null) {
            throw outOfStep("unsubscribed from " + channel);
        }
        notServed(state, null, callbacks);
        return null;
    }

    private ChannelState takeConfirmed(UnconfirmedCommand.Kind kind, String channel) {
        UnconfirmedCommand head = sent.peek();
        ChannelState next = head == null ? null : head.next();
        if (head == null || head.kind() != kind || next == null || !next.name().equals(channel)) {
            throw outOfStep(kind + " confirmed for " + channel);
        }
        head.confirmNext();
        if (head.next() == null) {
            sent.remove();
        }
        return next;
    }

    private void notServed(ChannelState channel, @Nullable JedisDataException why, DeferredCallbacks callbacks) {
        String name = channel.name();
        forget(channel, new ChannelNotServedException(name, why), callbacks);
        if (owner.wanted(name)) {
            callbacks.add(() -> owner.notServed(name, why));
        }
    }

    /** Redis replied to a PING. */
    synchronized void pong() {
        UnconfirmedCommand head = sent.poll();
        if (head == null || head.kind() != UnconfirmedCommand.Kind.PING) {
            throw outOfStep("PONG");
        }
    }

    /** Redis refused the oldest command without a reply. */
    void refused(JedisDataException why) {
        DeferredCallbacks callbacks = new DeferredCallbacks();
        synchronized (this) {
            UnconfirmedCommand head = sent.poll();
            boolean ping = head != null && head.kind() == UnconfirmedCommand.Kind.PING;
            if (ping && ErrorReplies.isDiskError(why)) {
                return;
            }
            if (head == null || ping) {
                throw new JedisConnectionException("unexpected error reply on a pub/sub connection", why);
            }
            for (ChannelState each : head.all()) {
                refused(each, head.kind(), why, callbacks);
            }
        }
        callbacks.run();
    }

    private void refused(
            ChannelState channel, UnconfirmedCommand.Kind kind, JedisDataException why, DeferredCallbacks callbacks) {
        if (why instanceof JedisMovedDataException moved) {
            if (moved.getSlot() != JedisClusterCRC16.getSlot(channel.name().getBytes(StandardCharsets.UTF_8))) {
                throw outOfStep("MOVED for another slot than that of " + channel.name());
            }
        } else if (kind == UnconfirmedCommand.Kind.UNSUBSCRIBE) {
            throw new JedisConnectionException("Redis refused to end a subscription", why);
        }
        if (channels.get(channel.name()) == channel) {
            notServed(channel, why, callbacks);
        }
    }

    /** Fails pending and later stages. */
    void close() {
        DeferredCallbacks callbacks = new DeferredCallbacks();
        synchronized (this) {
            closed = true;
            waiting.clear();
            ChatException why = unavailable("the connection to Redis is closed");
            for (ChannelState each : channels.values()) {
                callbacks.fail(each.takeJoining(), why);
                callbacks.fail(each.takeLeaving(), why);
            }
            channels.clear();
            notifyAll();
        }
        callbacks.run();
    }
}
