package io.webchat.redis.internal.client;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A client for one server that holds all keys: a standalone server, or the master behind Sentinel. */
public final class SingleServerClient implements CommandClient {
    private final ClientSettings settings;
    private final InFlightLimit inFlight;
    private final CommandCompleter completer;
    private final TimeoutMonitor monitor;
    private final List<PipelinedConnection> connections;

    /** A client whose connections come from this factory. The caller closes the factory. */
    public SingleServerClient(ClientSettings settings, ConnectionFactory factory, OutageLog outages) {
        this.settings = settings;
        this.inFlight = new InFlightLimit(settings.maxInFlight(), settings.maxInFlightBytes());
        this.completer = new CommandCompleter(inFlight);
        this.monitor = new TimeoutMonitor(settings.commandTimeout());
        this.connections = IntStream.range(0, settings.connections())
                .mapToObj(i ->
                        new PipelinedConnection(factory, completer, "webchat-redis-" + i, monitor, outages, settings))
                .toList();
    }

    @Override
    public CompletableFuture<Object> send(RedisCommand command) {
        if (!inFlight.acquire(command)) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.UNAVAILABLE, "too many commands wait for Redis; try again later"));
        }
        command.expiresIn(settings.commandTimeout());
        if (!connections.get(command.slot() % connections.size()).submit(command)) {
            completer.failed(command, new ChatException(ErrorCode.UNAVAILABLE, "the connection to Redis is closed"));
        }
        return command.reply();
    }

    @Override
    public void close() {
        connections.forEach(PipelinedConnection::close);
        monitor.close();
    }
}
