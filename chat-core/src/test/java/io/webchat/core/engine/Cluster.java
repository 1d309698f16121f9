package io.webchat.core.engine;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Several nodes on the same backends, each of which can be made to fail. */
final class Cluster implements AutoCloseable {
    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    final FaultyRouter router;
    final FaultyQueue queue;
    final FaultyCallLog callLog;
    final FaultyRooms rooms;
    final FaultyProfiles profiles;
    private final EngineBackends backends;
    private final List<Chat> nodes = new ArrayList<>();

    Cluster(EngineBackends backends) {
        this.backends = backends;
        EngineBackends.Node own = backends.node();
        router = new FaultyRouter(own.router());
        queue = new FaultyQueue(own.queue());
        callLog = new FaultyCallLog(own.callLog() == null ? MemoryCallLogStore.create() : own.callLog());
        rooms = new FaultyRooms(own.rooms() == null ? MemoryRoomStore.create() : own.rooms());
        profiles = new FaultyProfiles(own.profiles() == null ? MemoryProfileStore.create() : own.profiles());
    }

    /** Limits for tests: no rate limits, quick retries. */
    ChatConfig.Builder config() {
        return config(backends.timeout());
    }

    static ChatConfig.Builder config(Duration backendTimeout) {
        return ChatConfig.builder()
                .messagesPerSecond(0)
                .signalsPerSecond(0)
                .maxInFlight(1 << 20)
                .gapWait(Duration.ofMillis(5))
                .retryDelay(Duration.ofMillis(5))
                .backendTimeout(backendTimeout);
    }

    /** How many messages a test may send at once and have none refused. */
    int burst() {
        return backends.burst();
    }

    Chat node() {
        return node(builder -> {});
    }

    /** One that waits long: where many answers are late by design, a busy machine is no silent backend. */
    Chat patientNode() {
        return node(builder -> builder.config(config(Duration.ofSeconds(10)).build()));
    }

    Chat node(Consumer<Chat.Builder> change) {
        EngineBackends.Node own = backends.node();
        Chat.Builder builder = Chat.builder()
                .router(router.over(own.router()))
                .offlineQueue(queue.over(own.queue()))
                .callLog(own.callLog() == null ? callLog : callLog.over(own.callLog()))
                .rooms(own.rooms() == null ? rooms : rooms.over(own.rooms()))
                .profiles(own.profiles() == null ? profiles : profiles.over(own.profiles()))
                .config(config().build());
        change.accept(builder);
        Chat node = builder.build();
        nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        nodes.forEach(each -> each.close(Duration.ZERO));
        backends.close();
    }
}
