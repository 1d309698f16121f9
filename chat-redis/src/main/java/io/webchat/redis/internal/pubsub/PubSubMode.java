package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The two kinds of pub/sub of Redis. Each has its own commands and replies. */
public enum PubSubMode {
    /** Every server of a deployment gets every message. */
    PLAIN("", Command.SUBSCRIBE, Command.UNSUBSCRIBE, Command.PUBLISH, "NUMSUB", 500),

    /** On a cluster, a channel belongs to the owner of its slot. A command cannot have channels of several slots. */
    SHARDED("s", Command.SSUBSCRIBE, Command.SUNSUBSCRIBE, Command.SPUBLISH, "SHARDNUMSUB", 1);

    private final String message;
    private final String subscribed;
    private final String unsubscribed;
    private final Command subscribe;
    private final Command unsubscribe;
    private final Command publish;
    private final String count;
    private final int perCommand;

    PubSubMode(String prefix, Command subscribe, Command unsubscribe, Command publish, String count, int perCommand) {
        this.message = prefix + "message";
        this.subscribed = prefix + "subscribe";
        this.unsubscribed = prefix + "unsubscribe";
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
        this.publish = publish;
        this.count = count;
        this.perCommand = perCommand;
    }

    /** The highest number of channels in one command. */
    int perCommand() {
        return perCommand;
    }

    boolean isMessage(String kind) {
        return kind.equals(message);
    }

    boolean isSubscribed(String kind) {
        return kind.equals(subscribed);
    }

    boolean isUnsubscribed(String kind) {
        return kind.equals(unsubscribed);
    }

    /** Subscribes to channels. */
    public CommandArguments subscribe(List<String> channels) {
        return of(subscribe, channels);
    }

    /** Ends subscriptions. */
    public CommandArguments unsubscribe(List<String> channels) {
        return of(unsubscribe, channels);
    }

    private static CommandArguments of(Command command, List<String> channels) {
        CommandArguments all = new CommandArguments(command);
        channels.forEach(each -> all.add(each.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    /** Publishes. The reply is the number of connections that got the message. */
    public RedisCommand publish(byte[] channel, byte[] payload) {
        return RedisCommand.of(channel, publish, channel, payload);
    }

    /** Counts subscribers. The reply is the channel and the number of its connections. */
    public RedisCommand subscribers(byte[] channel) {
        return RedisCommand.of(channel, Command.PUBSUB, count.getBytes(StandardCharsets.US_ASCII), channel);
    }
}
