package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.testing.RedisEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.Protocol.Command;

/** Calls that append numbers to lists, so that a test sees their effects and order. */
public final class TestCommands {
    private TestCommands() {}

    static CompletableFuture<Object> rpush(CommandClient commands, String key, long number) {
        return rpush(commands, key, Long.toString(number));
    }

    static CompletableFuture<Object> rpush(CommandClient commands, String key, String value) {
        return commands.send(RedisCommand.of(bytes(key), Command.RPUSH, bytes(key), bytes(value)));
    }

    /** The text in UTF-8. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The numbers in the list, in the list's order. */
    public static List<Long> numbers(RedisEndpoint server, String key) {
        List<?> values = (List<?>) Objects.requireNonNull(server.command("LRANGE", key, "0", "-1"));
        return values.stream().map(it -> Long.parseLong(it.toString())).toList();
    }

    /** The error code of the call, which has to fail within this time. */
    static ErrorCode failure(CompletableFuture<?> call, Duration within) {
        try {
            throw new AssertionError("no failure, but " + call.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return ((ChatException) Objects.requireNonNull(e.getCause())).code();
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("no failure within " + within, e);
        }
    }

    /** The names of this module's running threads. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("webchat-redis"))
                .sorted()
                .toList();
    }
}
