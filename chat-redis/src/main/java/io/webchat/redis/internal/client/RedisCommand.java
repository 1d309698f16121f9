package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.JedisClusterCRC16;

/** One command on its way to the server that holds its key, and back. */
public final class RedisCommand {
    /**
     * Hears how a call ended: one of the two, once for each time that it was handed in. Answers come on the thread of
     * the connection, in their order; failures on that thread, on that of the {@link TimeoutMonitor}, or on the one that closes
     * the connection.
     */
    interface Listener {
        /** Redis answered; {@code reply} is a JedisDataException where it refused. */
        void answered(RedisCommand call, @Nullable Object reply);

        /** There is no answer, and there will be none. The command may have taken effect all the same. */
        void failed(RedisCommand call, ChatException failure);
    }

    private final int slot;
    private final CommandArguments arguments;
    private final int bytes;
    private final CompletableFuture<Object> reply = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private long deadline;
    private boolean asking;

    private RedisCommand(byte[] key, CommandArguments arguments, int bytes) {
        this.slot = JedisClusterCRC16.getSlot(key);
        this.arguments = arguments;
        this.bytes = bytes;
    }

    /** A command about {@code key}, which is among the arguments if the command wants it there. */
    public static RedisCommand of(byte[] key, ProtocolCommand command, byte[]... arguments) {
        CommandArguments all = new CommandArguments(command);
        return new RedisCommand(key, all, add(all, arguments));
    }

    /** A script about keys of one slot. */
    public static RedisCommand of(LuaScript script, byte[][] keys, byte[]... arguments) {
        CommandArguments all =
                new CommandArguments(Command.EVALSHA).add(script.sha()).add(Protocol.toByteArray(keys.length));
        return new RedisCommand(keys[0], all, add(all, keys) + add(all, arguments));
    }

    private static int add(CommandArguments all, byte[][] more) {
        int bytes = 0;
        for (byte[] each : more) {
            all.add(each);
            bytes += each.length;
        }
        return bytes;
    }

    /** The cluster slot of its key. */
    public int slot() {
        return slot;
    }

    /** The command and its arguments, for jedis. */
    public CommandArguments arguments() {
        return arguments;
    }

    /** How many bytes its arguments have. */
    int bytes() {
        return bytes;
    }

    /** What its caller waits for. */
    CompletableFuture<Object> reply() {
        return reply;
    }

    /** Whether ASKING is to precede it, because its slot is on its way to the server that it goes to. */
    boolean asking() {
        return asking;
    }

    /** For whoever is about to hand it in; not while it is under way. */
    void asking(boolean now) {
        asking = now;
    }

    /** Starts the clock: an answer that comes later than this is none. */
    void expiresIn(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** How long an answer may still take; 0 or less when it is too late. */
    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    /** Whether an answer would come too late. */
    boolean isLate() {
        return nanosLeft() <= 0;
    }

    /** A connection takes it, the first one or another one. */
    void handedIn() {
        settled.set(false);
    }

    /** Whether it is up to the caller of this to tell the listener how the call ended: true for one of them only. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    /** Whether the listener has been told, or is being told. */
    boolean isSettled() {
        return settled.get();
    }
}
