package io.webchat.redis.internal.pubsub;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
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
 * Where the channels of one connection stand: which command comes next, which were sent, what a reply means. Does no
 * I/O and holds its lock for moments only; stages and the owner are told after the lock is given back, by the thread
 * that made it happen.
 *
 * <p>A subscription's confirmations come in the order of the commands. A reply that does not fit throws, which ends the
 * connection: the next one starts from a clean sheet.
 */
final class SubscriptionProtocol {
    private static final int BATCH = 1000;

    /** Commands, and the connection that they are meant for. */
    record Batch(ServerConnection wire, List<CommandArguments> commands) {}

    private final PubSubMode mode;
    private final ChannelSubscriber.Owner owner;
    private final Map<String, ChannelState> channels = new HashMap<>();

    /** What the writer has to look at, in order. */
    private final Set<ChannelState> waiting = new LinkedHashSet<>();

    private final Deque<UnconfirmedCommand> sent = new ArrayDeque<>();
    private @Nullable ServerConnection wire;
    private boolean closed;

    SubscriptionProtocol(PubSubMode mode, ChannelSubscriber.Owner owner) {
        this.mode = mode;
        this.owner = owner;
    }

    static JedisConnectionException outOfStep(String what) {
        return new JedisConnectionException("pub/sub is out of step: " + what);
    }

    CompletableFuture<Void> join(String channel) {
        return settle((settled, effects) -> {
            if (owner.wanted(channel)) {
                join(channels.computeIfAbsent(channel, ChannelState::new), settled, effects);
            } else {
                effects.fail(List.of(settled), gone("the subscription was cancelled"));
            }
        });
    }

    CompletableFuture<Void> leave(String channel) {
        return settle((settled, effects) -> {
            ChannelState state = channels.get(channel);
            if (state == null || owner.wanted(channel)) {
                effects.complete(List.of(settled));
            } else {
                leave(state, settled, effects);
            }
        });
    }

    private CompletableFuture<Void> settle(BiConsumer<CompletableFuture<Void>, DeferredCallbacks> work) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        DeferredCallbacks effects = new DeferredCallbacks();
        synchronized (this) {
            if (closed) {
                effects.fail(List.of(settled), gone("the connection to Redis was closed"));
            } else {
                work.accept(settled, effects);
            }
        }
        effects.run();
        return settled;
    }

    private void join(ChannelState channel, CompletableFuture<Void> settled, DeferredCallbacks effects) {
        effects.complete(channel.takeLeaving());
        if (channel.stage() == Stage.ON) {
            effects.complete(List.of(settled));
            return;
        }
        channel.join(settled);
        if (channel.stage() == Stage.OFF) {
            await(channel);
        }
    }

    private void leave(ChannelState channel, CompletableFuture<Void> settled, DeferredCallbacks effects) {
        channel.leave(settled);
        if (channel.stage() == Stage.OFF) {
            forget(channel, gone("the subscription was cancelled"), effects);
        } else if (channel.stage() == Stage.ON) {
            await(channel);
        }
    }

    private void await(ChannelState channel) {
        waiting.add(channel);
        notifyAll();
    }

    private void forget(ChannelState channel, RuntimeException why, DeferredCallbacks effects) {
        channel.stage(Stage.OFF);
        channels.remove(channel.name(), channel);
        waiting.remove(channel);
        effects.fail(channel.takeJoining(), why);
        effects.complete(channel.takeLeaving());
    }

    private static ChatException gone(String why) {
        return new ChatException(ErrorCode.UNAVAILABLE, why);
    }

    /** Waits for commands to send; after {@code idle} without any a PING is due. Null after {@link #close}. */
    @Nullable
    synchronized Batch next(Duration idle) throws InterruptedException {
        long since = System.nanoTime();
        while (!closed) {
            long left = idle.toNanos() - (System.nanoTime() - since);
            ServerConnection there = wire;
            if (there == null) {
                wait();
            } else if (!waiting.isEmpty()) {
                List<CommandArguments> commands = take();
                if (!commands.isEmpty()) {
                    return new Batch(there, commands);
                }
            } else if (left > 0) {
                wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } else {
                return new Batch(there, List.of(send(new UnconfirmedCommand(UnconfirmedCommand.Kind.PING))));
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

    /** A new connection stands, on which nothing is subscribed yet. */
    synchronized void connected(ServerConnection there) {
        wire = there;
        notifyAll();
    }

    /** The connection is gone; what is wanted is subscribed on the next one. */
    void lost() {
        DeferredCallbacks effects = new DeferredCallbacks();
        synchronized (this) {
            wire = null;
            sent.clear();
            waiting.clear();
            for (ChannelState each : List.copyOf(channels.values())) {
                each.lost();
                if (owner.wanted(each.name())) {
                    effects.complete(each.takeLeaving());
                    waiting.add(each);
                } else {
                    forget(each, gone("the subscription was cancelled"), effects);
                }
            }
        }
        effects.run();
    }

    /** Redis said that a channel is subscribed, or is not any more. */
    void confirmed(boolean subscribed, String channel) {
        DeferredCallbacks effects = new DeferredCallbacks();
        synchronized (this) {
            ChannelState state =
                    subscribed ? answered(UnconfirmedCommand.Kind.SUBSCRIBE, channel) : left(channel, effects);
            if (state != null && state == channels.get(channel)) {
                if (subscribed) {
                    on(state, effects);
                } else {
                    off(state, effects);
                }
            }
        }
        effects.run();
    }

    private void on(ChannelState channel, DeferredCallbacks effects) {
        channel.stage(Stage.ON);
        effects.complete(channel.takeJoining());
        boolean interrupted = channel.takeInterrupted();
        if (!owner.wanted(channel.name())) {
            await(channel);
            return;
        }
        effects.complete(channel.takeLeaving());
        if (interrupted) {
            effects.add(() -> owner.resubscribed(channel.name()));
        }
    }

    private void off(ChannelState channel, DeferredCallbacks effects) {
        if (owner.wanted(channel.name())) {
            channel.stage(Stage.OFF);
            effects.complete(channel.takeLeaving());
            await(channel);
        } else {
            forget(channel, gone("the subscription was cancelled"), effects);
        }
    }

    /** What an unsubscription is about; null where the server ended it on its own, as it does when a slot moves. */
    private @Nullable ChannelState left(String channel, DeferredCallbacks effects) {
        UnconfirmedCommand head = sent.peek();
        ChannelState next = head == null ? null : head.next();
        if (head != null
                && head.kind() == UnconfirmedCommand.Kind.UNSUBSCRIBE
                && next != null
                && next.name().equals(channel)) {
            return answered(UnconfirmedCommand.Kind.UNSUBSCRIBE, channel);
        }
        ChannelState state = channels.get(channel);
        if (mode != PubSubMode.SHARDED || state == null) {
            throw outOfStep("unsubscribed from " + channel);
        }
        notHere(state, null, effects);
        return null;
    }

    private ChannelState answered(UnconfirmedCommand.Kind kind, String channel) {
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

    private void notHere(ChannelState channel, @Nullable JedisDataException why, DeferredCallbacks effects) {
        String name = channel.name();
        forget(channel, new ChannelNotServedException(name, why), effects);
        if (owner.wanted(name)) {
            effects.add(() -> owner.notHere(name, why));
        }
    }

    /** Redis answered a PING. */
    synchronized void pong() {
        UnconfirmedCommand head = sent.poll();
        if (head == null || head.kind() != UnconfirmedCommand.Kind.PING) {
            throw outOfStep("PONG");
        }
    }

    /** Redis refused the oldest command that has no answer. */
    void refused(JedisDataException why) {
        DeferredCallbacks effects = new DeferredCallbacks();
        synchronized (this) {
            UnconfirmedCommand head = sent.poll();
            if (head == null || head.kind() == UnconfirmedCommand.Kind.PING) {
                throw new JedisConnectionException("Redis is not fit for pub/sub", why);
            }
            for (ChannelState each : head.all()) {
                refused(each, head.kind(), why, effects);
            }
        }
        effects.run();
    }

    private void refused(
            ChannelState channel, UnconfirmedCommand.Kind kind, JedisDataException why, DeferredCallbacks effects) {
        if (why instanceof JedisMovedDataException moved) {
            if (moved.getSlot() != JedisClusterCRC16.getSlot(channel.name().getBytes(StandardCharsets.UTF_8))) {
                throw outOfStep("MOVED for another slot than that of " + channel.name());
            }
        } else if (kind == UnconfirmedCommand.Kind.UNSUBSCRIBE) {
            throw new JedisConnectionException("Redis does not end a subscription", why);
        }
        if (channels.get(channel.name()) == channel) {
            notHere(channel, why, effects);
        }
    }

    /** Everything that waits fails, and so does what comes later. */
    void close() {
        DeferredCallbacks effects = new DeferredCallbacks();
        synchronized (this) {
            closed = true;
            waiting.clear();
            ChatException why = gone("the connection to Redis was closed");
            for (ChannelState each : channels.values()) {
                effects.fail(each.takeJoining(), why);
                effects.fail(each.takeLeaving(), why);
            }
            channels.clear();
            notifyAll();
        }
        effects.run();
    }
}
