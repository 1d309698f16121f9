package io.webchat.redis.internal.pubsub;

import io.webchat.redis.internal.client.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The two kinds of pub/sub that Redis has; each has commands and replies of its own. */
public enum PubSubMode {
    /** Every server of an installation hears every channel. */
    PLAIN("", Command.SUBSCRIBE, Command.UNSUBSCRIBE, Command.PUBLISH, "NUMSUB", 500),

    /** On a cluster a channel lives where its slot is. Channels of several slots do not fit into one command. */
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

    /** How many channels one command may name. */
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

    CommandArguments subscribe(List<String> channels) {
        return of(subscribe, channels);
    }

    CommandArguments unsubscribe(List<String> channels) {
        return of(unsubscribe, channels);
    }

    private static CommandArguments of(Command command, List<String> channels) {
        CommandArguments all = new CommandArguments(command);
        channels.forEach(each -> all.add(each.getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    /** Publishes; answers how many connections it was handed to. */
    public RedisCommand publish(byte[] channel, byte[] payload) {
        return RedisCommand.of(channel, publish, channel, payload);
    }

    /** Answers the channel and how many connections are subscribed to it. */
    public RedisCommand subscribers(byte[] channel) {
        return RedisCommand.of(channel, Command.PUBSUB, count.getBytes(StandardCharsets.US_ASCII), channel);
    }
}
