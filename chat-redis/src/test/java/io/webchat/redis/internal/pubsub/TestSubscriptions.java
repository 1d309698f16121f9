package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.internal.client.ConnectionFactory;
import io.webchat.redis.internal.client.OutageLog;
import io.webchat.redis.internal.client.ServerConnection;
import io.webchat.redis.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

/** The channel subscriptions of one node, with timeouts that are short enough for tests. */
public final class TestSubscriptions implements AutoCloseable {
    static final Duration IDLE = Duration.ofMillis(300);
    static final Duration TIMEOUT = Duration.ofMillis(700);

    private final RedisServer server;
    private final ChannelSubscriptions channels;

    private TestSubscriptions(RedisServer server, ChannelSubscriptions channels) {
        this.server = server;
        this.channels = channels;
    }

    static TestSubscriptions to(RedisServer server) {
        return through(server.port(), server, TIMEOUT);
    }

    /** Connects to this port, for example of a proxy. */
    static TestSubscriptions through(int port, RedisServer server, Duration timeout) {
        return new TestSubscriptions(server, channels(endpoint(port, null), timeout));
    }

    static ConnectionFactory endpoint(int port, @Nullable String password) {
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(500)
                .socketTimeoutMillis(500)
                .password(password)
                .build();
        return () -> new ServerConnection(new HostAndPort("127.0.0.1", port), config);
    }

    static ChannelSubscriptions channels(ConnectionFactory endpoint, Duration timeout) {
        return new SharedChannelSubscriptions(
                owner -> new SubscriberConnection(
                        endpoint, PubSubMode.PLAIN, owner, new OutageLog(), "webchat-redis-test", IDLE, timeout),
                timeout);
    }

    CompletableFuture<Subscription> subscribe(String channel, ChannelSubscriptions.Listener listener) {
        return channels.subscribe(channel, listener);
    }

    RecordingListener subscribed(String channel) {
        RecordingListener ears = new RecordingListener();
        answer(subscribe(channel, ears));
        return ears;
    }

    long publish(String channel, String text) {
        return (Long) Objects.requireNonNull(server.command("PUBLISH", channel, text));
    }

    /** The number of connections that are subscribed to each of these channels. */
    static List<Long> counts(RedisServer server, List<String> channels) {
        List<String> arguments = new ArrayList<>(List.of("NUMSUB"));
        arguments.addAll(channels);
        List<?> reply = (List<?>) Objects.requireNonNull(server.command("PUBSUB", arguments.toArray(String[]::new)));
        List<Long> counts = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 2) {
            counts.add((Long) reply.get(i));
        }
        return counts;
    }

    /** Waits for the result of a stage. */
    public static <T extends @Nullable Object> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .copy()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static void assertUnavailable(CompletionStage<?> stage) {
        Throwable failure =
                answer(stage.handle((result, thrown) -> Objects.requireNonNullElse(thrown, new Error("none"))));
        assertThat(Failures.unwrap(failure))
                .isInstanceOfSatisfying(
                        ChatException.class, each -> assertThat(each.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Override
    public void close() {
        channels.close();
    }
}
