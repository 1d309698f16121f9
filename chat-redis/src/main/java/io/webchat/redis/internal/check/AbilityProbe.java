package io.webchat.redis.internal.check;

import io.webchat.redis.internal.client.ErrorReplies;
import io.webchat.redis.internal.client.LuaScript;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.internal.client.ServerIdentity;
import io.webchat.redis.internal.pubsub.PubSubMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Tries each command of this module on keys and a channel of its own, so that a missing right or a refused write is
 * known before a user meets it. Leaves nothing that lasts. Immutable.
 *
 * @param keys the names of this node's keys
 * @param mode the kind of pub/sub
 * @param replicas the number of replicas that must have a write
 * @param replicaTimeout the longest time to wait for them
 */
public record AbilityProbe(RedisKeys keys, PubSubMode mode, int replicas, Duration replicaTimeout) {
    /** Tries the commands of all other scripts. */
    public static final LuaScript SCRIPT = LuaScript.load(AbilityProbe.class, "probe.lua");

    private static final byte[] MINUTE = text("60000");
    private static final byte[] EMPTY = {};

    /**
     * A refused command.
     *
     * @param lacksRight whether the ACL user lacks a right; otherwise the state of the server is the reason
     * @param sentence the reason, without the address of the server
     */
    public record Refusal(boolean lacksRight, String sentence) {}

    private record Step(String name, CommandArguments command) {}

    /**
     * Tries all commands. Afterwards the connection can only be closed.
     *
     * @param serves whether the server owns this slot; true for each slot without a cluster
     * @return the first refusal; null if there is none
     * @throws redis.clients.jedis.exceptions.JedisException if the connection is lost
     */
    public @Nullable Refusal run(ServerConnection connection, IntPredicate serves) {
        List<Step> steps = steps(ownTag(serves));
        steps.forEach(each -> connection.write(each.command()));
        connection.flush();
        Refusal first = null;
        for (Step each : steps) {
            Refusal found = judge(each.name(), connection.read());
            first = first == null ? found : first;
        }
        return first;
    }

    /** A hash tag whose keys this server owns. */
    private String ownTag(IntPredicate serves) {
        int number = 0;
        while (!serves.test(JedisClusterCRC16.getSlot(keys.probe(Integer.toString(number), "")))) {
            number++;
        }
        return Integer.toString(number);
    }

    private List<Step> steps(String tag) {
        byte[] list = keys.probe(tag, ":q");
        byte[] hash = keys.probe(tag, ":m");
        byte[] string = keys.probe(tag, ":p");
        byte[] value = keys.value("{u:" + RedisKeys.PROBE + tag + "}");
        byte[] channel = keys.probe(tag, "");
        boolean plain = mode == PubSubMode.PLAIN;
        List<Step> steps = new ArrayList<>();
        add(steps, Command.SCRIPT, text("LOAD"), SCRIPT.source());
        RedisCommand script = RedisCommand.of(SCRIPT, new byte[][] {list, hash, string}, plain ? channel : EMPTY);
        steps.add(new Step("EVALSHA", script.arguments(ServerIdentity.UNKNOWN)));
        add(steps, Command.SET, value, EMPTY, text("PX"), MINUTE);
        add(steps, Command.SETNX, value, EMPTY);
        add(steps, Command.MGET, value);
        // A server that cannot write to its disk refuses PING too, and the refusal of the script says more.
        add(steps, Command.PING);
        if (replicas > 0) {
            add(steps, Command.WAIT, text(Integer.toString(replicas)), text(Long.toString(replicaTimeout.toMillis())));
        }
        if (!plain) {
            add(steps, Command.ASKING);
        }
        add(steps, mode.publish(channel, EMPTY).arguments(ServerIdentity.UNKNOWN));
        add(steps, mode.subscribers(channel).arguments(ServerIdentity.UNKNOWN));
        // A subscribed connection takes few other commands.
        List<String> channels = List.of(new String(channel, StandardCharsets.UTF_8));
        add(steps, mode.subscribe(channels));
        add(steps, mode.unsubscribe(channels));
        return steps;
    }

    private static void add(List<Step> steps, ProtocolCommand command, byte[]... arguments) {
        CommandArguments all = new CommandArguments(command);
        for (byte[] each : arguments) {
            all.add(each);
        }
        add(steps, all);
    }

    private static void add(List<Step> steps, CommandArguments command) {
        steps.add(new Step(new String(command.getCommand().getRaw(), StandardCharsets.US_ASCII), command));
    }

    private @Nullable Refusal judge(String command, @Nullable Object reply) {
        if (reply instanceof JedisDataException refusal) {
            return refusal(command, refusal);
        }
        if (command.equals("EVALSHA") && reply instanceof List<?> refused && refused.size() == 2) {
            return refusal(ReplyText.of(refused.get(0)), new JedisDataException(ReplyText.of(refused.get(1))));
        }
        if (command.equals("WAIT") && reply instanceof Long have && have < replicas) {
            return new Refusal(false, have + " of " + replicas + " replicas confirm a write");
        }
        return null;
    }

    private Refusal refusal(String command, JedisDataException refusal) {
        if (ErrorReplies.lacksRight(refusal)) {
            return new Refusal(
                    true,
                    "this user may not run " + command + " on keys and channels " + keys.pattern()
                            + ": see its ACL rules in docs/operations.md");
        }
        return new Refusal(false, "it refuses " + command + ": " + refusal.getMessage());
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
