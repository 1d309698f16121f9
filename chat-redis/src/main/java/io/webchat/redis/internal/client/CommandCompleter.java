package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Completes the futures of commands, and frees their share of the {@link InFlightLimit}. */
public final class CommandCompleter implements RedisCommand.Listener {
    private final InFlightLimit inFlight;
    private final RefusalLog refusals = new RefusalLog();

    public CommandCompleter(InFlightLimit inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void answered(RedisCommand command, @Nullable Object reply) {
        inFlight.release(command);
        if (reply == null) {
            command.reply().completeExceptionally(new ChatException(ErrorCode.INTERNAL, "Redis sent an empty reply"));
        } else if (reply instanceof JedisDataException refusal) {
            refusals.refused(() -> command.describe(refusal), refusal);
            command.reply().completeExceptionally(ErrorReplies.toChatException(refusal));
        } else {
            command.reply().complete(reply);
        }
    }

    @Override
    public void failed(RedisCommand command, ChatException failure) {
        inFlight.release(command);
        command.reply().completeExceptionally(failure);
    }
}
