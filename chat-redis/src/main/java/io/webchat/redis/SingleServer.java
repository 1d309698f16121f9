package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** All keys on one server: standalone, or the master that sentinels name. */
final class SingleServer implements Commands {
    private final RedisConfig config;
    private final Budget budget;
    private final Replies replies;
    private final Watch watch;
    private final List<Pipe> pipes;

    SingleServer(RedisConfig config, Endpoint endpoint) {
        this.config = config;
        this.budget = new Budget(config.maxWaiting(), config.maxWaitingBytes());
        this.replies = new Replies(budget);
        this.watch = new Watch(config.commandTimeout());
        this.pipes = IntStream.range(0, config.connections())
                .mapToObj(i -> new Pipe(endpoint, replies, "webchat-redis-" + i, watch, config.replicas()))
                .toList();
    }

    @Override
    public CompletableFuture<Object> send(Call call) {
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(config.commandTimeout());
        if (!pipes.get(call.slot() % pipes.size()).submit(call)) {
            replies.failed(call, new ChatException(ErrorCode.UNAVAILABLE, "the connection to Redis was closed"));
        }
        return call.reply();
    }

    @Override
    public void close() {
        pipes.forEach(Pipe::close);
        watch.close();
    }
}
