package io.webchat.redis.internal.pubsub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** A command that was sent, and the channels in it that are not confirmed yet. */
final class UnconfirmedCommand {
    enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        PING
    }

    private final Kind kind;
    private final Deque<ChannelState> open = new ArrayDeque<>();
    private int size;

    UnconfirmedCommand(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    void add(ChannelState channel) {
        open.add(channel);
        size++;
    }

    int size() {
        return size;
    }

    /** The channel that is to be confirmed next; null when all are. */
    @Nullable
    ChannelState next() {
        return open.peek();
    }

    void confirmNext() {
        open.remove();
    }

    /** All channels, unless some are confirmed already: a command is refused as a whole. */
    List<ChannelState> all() {
        if (open.size() < size) {
            throw SubscriptionProtocol.outOfStep("a refusal of what was confirmed in part");
        }
        return List.copyOf(open);
    }

    CommandArguments command(PubSubMode mode) {
        List<String> names = open.stream().map(ChannelState::name).toList();
        return switch (kind) {
            case SUBSCRIBE -> mode.subscribe(names);
            case UNSUBSCRIBE -> mode.unsubscribe(names);
            case PING -> new CommandArguments(Command.PING);
        };
    }
}
