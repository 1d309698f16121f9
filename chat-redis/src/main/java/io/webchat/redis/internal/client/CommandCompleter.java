package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Completes calls, and gives back the room that they took. */
final class CommandCompleter implements RedisCommand.Listener {
    private final InFlightLimit budget;

    CommandCompleter(InFlightLimit budget) {
        this.budget = budget;
    }

    @Override
    public void answered(RedisCommand call, @Nullable Object reply) {
        budget.give(call);
        if (reply == null) {
            call.reply()
                    .completeExceptionally(new ChatException(ErrorCode.INTERNAL, "the queue's server said nothing"));
        } else if (reply instanceof JedisDataException refusal) {
            call.reply().completeExceptionally(ErrorReplies.translated(refusal));
        } else {
            call.reply().complete(reply);
        }
    }

    @Override
    public void failed(RedisCommand call, ChatException failure) {
        budget.give(call);
        call.reply().completeExceptionally(failure);
    }
}
