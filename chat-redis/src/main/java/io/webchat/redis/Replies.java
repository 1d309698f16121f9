package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Completes calls, and gives back the room that they took. */
final class Replies implements Call.Listener {
    private final Budget budget;

    Replies(Budget budget) {
        this.budget = budget;
    }

    @Override
    public void answered(Call call, @Nullable Object reply) {
        budget.give(call);
        if (reply == null) {
            call.reply()
                    .completeExceptionally(new ChatException(ErrorCode.INTERNAL, "the queue's server said nothing"));
        } else if (reply instanceof JedisDataException refusal) {
            call.reply().completeExceptionally(Refusals.translated(refusal));
        } else {
            call.reply().complete(reply);
        }
    }

    @Override
    public void failed(Call call, ChatException failure) {
        budget.give(call);
        call.reply().completeExceptionally(failure);
    }
}
