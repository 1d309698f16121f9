package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** All keys on one server: standalone, or the master that sentinels name. */
final class SingleServer implements Commands, Call.Listener {
    private final RedisConfig config;
    private final Budget budget;
    private final Watch watch;
    private final List<Pipe> pipes;

    SingleServer(RedisConfig config, Endpoint endpoint) {
        this.config = config;
        this.budget = new Budget(config.maxWaiting(), config.maxWaitingBytes());
        this.watch = new Watch(config.commandTimeout());
        this.pipes = IntStream.range(0, config.connections())
                .mapToObj(i -> new Pipe(endpoint, this, "webchat-redis-" + i, watch, config.replicas()))
                .toList();
    }

    @Override
    public CompletableFuture<Object> send(Call call) {
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(config.commandTimeout());
        pipes.get(call.slot() % pipes.size()).submit(call);
        return call.reply();
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

    @Override
    public void close() {
        pipes.forEach(Pipe::close);
        watch.close();
    }
}
