package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** All keys on one server: standalone, or the master that sentinels name. */
public final class SingleServerClient implements CommandClient {
    private final ClientSettings settings;
    private final InFlightLimit budget;
    private final CommandCompleter replies;
    private final TimeoutMonitor watch;
    private final List<PipelinedConnection> pipes;

    /** A client whose connections come from this factory; the caller closes the factory. */
    public SingleServerClient(ClientSettings settings, ConnectionFactory endpoint) {
        this.settings = settings;
        this.budget = new InFlightLimit(settings.maxInFlight(), settings.maxInFlightBytes());
        this.replies = new CommandCompleter(budget);
        this.watch = new TimeoutMonitor(settings.commandTimeout());
        this.pipes = IntStream.range(0, settings.connections())
                .mapToObj(i -> new PipelinedConnection(endpoint, replies, "webchat-redis-" + i, watch, settings))
                .toList();
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand call) {
        if (!budget.take(call)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too much waits for Redis, try again"));
        }
        call.expiresIn(settings.commandTimeout());
        if (!pipes.get(call.slot() % pipes.size()).submit(call)) {
            replies.failed(call, new ChatException(ErrorCode.UNAVAILABLE, "the connection to Redis was closed"));
        }
        return call.reply();
    }

    @Override
    public void close() {
        pipes.forEach(PipelinedConnection::close);
        watch.close();
    }
}
