package io.webchat.redis.faults;

import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisConfig;
import io.webchat.redis.RedisConnections;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.TestConfigs;
import io.webchat.redis.testing.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * Opens nodes that share a call log and rooms, lets pairs of users write to each other over two of them, and closes
 * all.
 */
abstract class FaultsFixture {
    static final int PAIRS = 6;

    private final MemoryCallLogStore callLog = MemoryCallLogStore.create();
    private final MemoryRoomStore rooms = MemoryRoomStore.create();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    /** Closes the resource after the test, before those that were opened earlier. */
    final <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    /** A node whose calls wait a second longer than a command to Redis may take. */
    final Chat node(RedisConfig config) {
        RedisConnections redis = opened(RedisConnections.open(config));
        return opened(Chat.builder()
                .router(new RedisChatRouter(redis))
                .offlineQueue(new RedisOfflineQueue(redis))
                .callLog(callLog)
                .rooms(rooms)
                .config(ChatConfig.builder()
                        .messagesPerSecond(0)
                        .signalsPerSecond(0)
                        .openingsPerSecond(0)
                        .fanoutBytesPerSecond(0)
                        .backendTimeout(
                                TestConfigs.settings(config).commandTimeout().plusSeconds(1))
                        .build())
                .build());
    }

    /** Refuses calls half a second after Redis stopped answering. */
    static RedisConfig impatient(String url) {
        return RedisConfig.builder(url).commandTimeout(Duration.ofMillis(500)).build();
    }

    /** Refuses no call that is answered after a short interruption, even on a busy machine. */
    static RedisConfig patient(String url) {
        return RedisConfig.builder(url).commandTimeout(Duration.ofSeconds(20)).build();
    }

    static String through(TcpProxy proxy) {
        return "redis://127.0.0.1:" + proxy.port();
    }

    /** Traffic between two nodes that has begun to flow. */
    final ChatTraffic traffic(RedisConfig one, RedisConfig two) {
        ChatTraffic traffic = opened(new ChatTraffic(node(one), node(two), PAIRS));
        traffic.flows(10);
        return traffic;
    }

    static void pause(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
    }
}
