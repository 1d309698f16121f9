package io.webchat.redis.internal.pubsub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** A command that was sent, and its channels that Redis has not confirmed yet. */
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

    /** The channel that Redis must confirm next; null if all are confirmed. */
    @Nullable
    ChannelState next() {
        return open.peek();
    }

    void confirmNext() {
        open.remove();
    }

    /** All channels. Redis refuses a command as a whole, so none of them may be confirmed already. */
    List<ChannelState> all() {
        if (open.size() < size) {
            throw SubscriptionProtocol.outOfStep("an error reply to a command with confirmed channels");
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
