package io.webchat.redis.internal.client;

import static io.webchat.redis.TestCommands.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatException;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.TestCommands;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Protocol.Command;

/** Replies are passed on early and not kept, and the time in callbacks does not count as the server's silence. */
@ExtendWith(RedisServers.class)
final class PipelinedConnectionRepliesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MEGABYTE = 1 << 20;

    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void ownServers() {
        RedisServers.assumeOwnServers();
    }

    /** Remembers the ended calls, but not their replies. */
    private static final class Ended implements RedisCommand.Listener {
        final List<RedisCommand> answered = new CopyOnWriteArrayList<>();
        final List<RedisCommand> failed = new CopyOnWriteArrayList<>();
        volatile Consumer<Object> callback = reply -> {};

        @Override
        public void answered(RedisCommand call, @Nullable Object reply) {
            answered.add(call);
            callback.accept(Objects.requireNonNull(reply));
        }

        @Override
        public void failed(RedisCommand call, ChatException failure) {
            failed.add(call);
        }
    }

    private PipelinedConnection pipe(RedisServer server, TimeoutMonitor watch, Ended ended) {
        RedisConfig config =
                RedisConfig.builder(server.url()).commandTimeout(LONG).build();
        ConnectionFactory endpoint = () -> {
            connections.incrementAndGet();
            return TestConfigs.connect(config);
        };
        return new PipelinedConnection(
                endpoint, ended, "webchat-redis-test", watch, new OutageLog(), TestConfigs.settings(config));
    }

    private static RedisCommand submit(PipelinedConnection pipe, Command command, String... arguments) {
        byte[][] all = new byte[arguments.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes(arguments[i]);
        }
        RedisCommand call = RedisCommand.of(all[0], command, all);
        call.expiresIn(LONG);
        assertThat(pipe.submit(call)).isTrue();
        return call;
    }

    /** Blocks the connection until {@link #open}: calls that are submitted meanwhile become one pipeline. */
    private static RedisCommand gate(PipelinedConnection pipe, RedisServer server, String name) {
        RedisCommand gate = submit(pipe, Command.BLPOP, name, "0");
        await().until(() -> "1".equals(server.info("clients").get("blocked_clients")));
        return gate;
    }

    private static void open(RedisServer server, String name) {
        server.command("RPUSH", name, "go");
    }

    @Test
    void largeRepliesArePassedOnBeforeAllAreRead(RedisServer server) {
        server.command("SET", "large", "x".repeat(MEGABYTE));
        Ended ended = new Ended();
        try (TimeoutMonitor watch = new TimeoutMonitor(LONG);
                PipelinedConnection pipe = pipe(server, watch, ended)) {
            RedisCommand gate = gate(pipe, server, "gate");
            List<RedisCommand> gets = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 16; i++) {
                gets.add(submit(pipe, Command.GET, "large"));
            }
            RedisCommand last = submit(pipe, Command.BLPOP, "last", "0");
            open(server, "gate");

            await().atMost(LONG).until(() -> ended.answered.size() >= 11);
            List<RedisCommand> early = List.copyOf(ended.answered);
            assertThat(early.get(0)).isSameAs(gate);
            assertThat(gets).startsWith(early.subList(1, early.size()).toArray(RedisCommand[]::new));
            assertThat(early).doesNotContain(last);
            open(server, "last");
            await().until(() -> ended.answered.contains(last));
            assertThat(List.copyOf(ended.answered).subList(1, 17)).isEqualTo(gets);
        }
    }

    @Test
    void aReplyIsNotKeptAfterItsCallback(RedisServer server) {
        server.command("SET", "large", "x".repeat(MEGABYTE / 2));
        Ended ended = new Ended();
        List<WeakReference<Object>> replies = new CopyOnWriteArrayList<>();
        List<Boolean> gone = new CopyOnWriteArrayList<>();
        try (TimeoutMonitor watch = new TimeoutMonitor(LONG);
                PipelinedConnection pipe = pipe(server, watch, ended)) {
            RedisCommand gate = gate(pipe, server, "gate");
            for (int i = 0; i < 4; i++) {
                RedisCommand unused = submit(pipe, Command.GET, "large");
            }
            ended.callback = reply -> {
                replies.add(new WeakReference<>(reply));
                if (replies.size() == 4) {
                    System.gc();
                    gone.add(replies.get(1).refersTo(null));
                }
            };
            open(server, "gate");

            await().atMost(LONG).until(() -> !gone.isEmpty());
            assertThat(gone).containsExactly(true);
            assertThat(ended.answered).startsWith(gate);
        }
    }

    @Test
    void theTimeInCallbacksIsNotTheServersSilence(RedisServer server) throws InterruptedException {
        Ended ended = new Ended();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        try (TimeoutMonitor watch = new TimeoutMonitor(PATIENCE);
                PipelinedConnection pipe = pipe(server, watch, ended)) {
            ended.callback = reply -> {
                entered.countDown();
                await().atMost(LONG).until(() -> release.getCount() == 0);
            };
            RedisCommand first = gate(pipe, server, "gate");
            // This call waits in Redis while the callback of the first call runs.
            RedisCommand second = submit(pipe, Command.RPUSH, "k", "2");
            open(server, "gate");
            entered.await();
            await().pollDelay(PATIENCE.plusMillis(500)).until(() -> true);
            release.countDown();

            await().atMost(LONG).until(() -> ended.answered.size() == 2);
            assertThat(ended.answered).containsExactly(first, second);
            assertThat(connections).hasValue(1);
            assertThat(TestCommands.numbers(server.endpoint(), "k")).containsExactly(2L);
        }
    }
}
