package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** One command on its way to the server that holds its key, and the future of its reply. */
public final class RedisCommand {
    /**
     * Learns the outcome of a command: one of the two methods is called, once for each time that a connection took the
     * command. Replies come on the thread of the connection, in order. Failures come on that thread, on the thread of
     * the {@link TimeoutMonitor}, or on the thread that closes the connection.
     */
    public interface Listener {
        /** Redis replied; {@code reply} is a JedisDataException if it refused. */
        void answered(RedisCommand command, @Nullable Object reply);

        /** There will be no reply. The command may have taken effect. */
        void failed(RedisCommand command, ChatException failure);
    }

    private final int slot;
    private final Function<ServerIdentity, CommandArguments> arguments;
    private final int bytes;
    private final @Nullable LuaScript script;
    private final CompletableFuture<Object> reply = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private long deadline;
    private boolean asking;

    private RedisCommand(
            byte[] key, @Nullable LuaScript script, Function<ServerIdentity, CommandArguments> arguments, int bytes) {
        this.slot = JedisClusterCRC16.getSlot(key);
        this.script = script;
        this.arguments = arguments;
        this.bytes = bytes;
    }

    /** A command about {@code key}. If the command has the key as an argument, the arguments contain it. */
    public static RedisCommand of(byte[] key, ProtocolCommand command, byte[]... arguments) {
        CommandArguments all = new CommandArguments(command);
        add(all, arguments);
        return new RedisCommand(key, null, any -> all, size(arguments));
    }

    /** A call of a script whose keys are in one slot. */
    public static RedisCommand of(LuaScript script, byte[][] keys, byte[]... arguments) {
        CommandArguments all = call(script, keys, arguments);
        return new RedisCommand(keys[0], script, any -> all, size(keys) + size(arguments));
    }

    /**
     * A call of a script whose keys are in one slot, and whose arguments depend on the server.
     *
     * @param bytes the approximate size of the arguments
     * @param arguments makes the arguments each time that the command is sent, on the thread of the connection
     */
    public static RedisCommand of(
            LuaScript script, byte[][] keys, int bytes, Function<ServerIdentity, byte[][]> arguments) {
        return new RedisCommand(keys[0], script, server -> call(script, keys, arguments.apply(server)), bytes);
    }

    private static CommandArguments call(LuaScript script, byte[][] keys, byte[][] arguments) {
        CommandArguments all =
                new CommandArguments(Command.EVALSHA).add(script.sha()).add(Protocol.toByteArray(keys.length));
        add(all, keys);
        add(all, arguments);
        return all;
    }

    private static void add(CommandArguments all, byte[][] more) {
        for (byte[] each : more) {
            all.add(each);
        }
    }

    private static int size(byte[][] arguments) {
        int bytes = 0;
        for (byte[] each : arguments) {
            bytes += each.length;
        }
        return bytes;
    }

    /** The cluster slot of its key. */
    public int slot() {
        return slot;
    }

    /** The command and its arguments for this server, for jedis. */
    public CommandArguments arguments(ServerIdentity server) {
        return arguments.apply(server);
    }

    /** The name of the command that Redis refused: its own, or that of the call inside its script. */
    String describe(JedisDataException refusal) {
        if (script != null) {
            return script.refusedCall(refusal).orElse("EVALSHA") + " in " + script;
        }
        CommandArguments all = arguments.apply(ServerIdentity.UNKNOWN);
        return new String(all.getCommand().getRaw(), StandardCharsets.US_ASCII);
    }

    /** The size of its arguments. */
    int bytes() {
        return bytes;
    }

    /** Completes with the reply. */
    public CompletableFuture<Object> reply() {
        return reply;
    }

    /** Whether ASKING must precede it, because its slot is migrating to the server that it is sent to. */
    public boolean asking() {
        return asking;
    }

    /** Set this before a connection takes the command, never while the command is in flight. */
    public void asking(boolean value) {
        asking = value;
    }

    /** Sets the deadline for the reply. */
    public void expiresIn(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /** The nanoseconds until the deadline; 0 or less after it. */
    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    /** Whether the deadline has passed. */
    public boolean isLate() {
        return nanosLeft() <= 0;
    }

    /** A connection takes the command, for the first time or again. */
    void handedIn() {
        settled.set(false);
    }

    /** Whether the caller must tell the listener the outcome: true for only one caller. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    /** Whether the listener knows the outcome, or is being told. */
    boolean isSettled() {
        return settled.get();
    }
}
