package io.webchat.core.engine;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.contract.StageResults;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.testing.FaultyAttachments;
import io.webchat.core.testing.FaultyCallLog;
import io.webchat.core.testing.FaultyProfiles;
import io.webchat.core.testing.FaultyQueue;
import io.webchat.core.testing.FaultyRooms;
import io.webchat.core.testing.FaultyRouter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Several nodes on the same backends, each of which can be made to fail. */
public final class TestCluster implements AutoCloseable {
    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
        Awaitility.setDefaultTimeout(Duration.ofSeconds(StageResults.TIMEOUT_SECONDS));
    }

    /** The router of all nodes. */
    public final FaultyRouter router;

    /** The queue of all nodes. */
    public final FaultyQueue queue;

    /** The call log of all nodes. */
    public final FaultyCallLog callLog;

    /** The rooms of all nodes. */
    public final FaultyRooms rooms;

    /** The profiles of all nodes. */
    public final FaultyProfiles profiles;

    /** The files of all nodes, in memory, of up to 1 000 bytes and 30 per user. */
    public final FaultyAttachments attachments = new FaultyAttachments(MemoryAttachmentStore.create(
            new AttachmentLimits(1_000, 30 * AttachmentLimits.FILE_COST, Duration.ofDays(1)), Clock.systemUTC()));

    private final EngineBackends backends;
    private final List<Chat> nodes = new ArrayList<>();

    /** Nodes on these backends, which it closes at its end. */
    public TestCluster(EngineBackends backends) {
        this.backends = backends;
        EngineBackends.Node own = backends.node();
        router = new FaultyRouter(own.router());
        queue = new FaultyQueue(own.queue());
        callLog = new FaultyCallLog(own.callLog() == null ? MemoryCallLogStore.create() : own.callLog());
        rooms = new FaultyRooms(own.rooms() == null ? MemoryRoomStore.create() : own.rooms());
        profiles = new FaultyProfiles(own.profiles() == null ? MemoryProfileStore.create() : own.profiles());
    }

    /** Returns a configuration for tests: no rate limits, quick retries, and a long time-out for busy machines. */
    public static ChatConfig.Builder config() {
        return ChatConfig.builder()
                .messagesPerSecond(0)
                .signalsPerSecond(0)
                .openingsPerSecond(0)
                .fanoutBytesPerSecond(0)
                .maxInFlight(1 << 20)
                .gapWait(Duration.ofMillis(5))
                .retryDelay(Duration.ofMillis(5))
                .backendTimeout(Duration.ofSeconds(20));
    }

    /** Returns how many messages a test may send at once without a refusal. */
    public int burst() {
        return backends.burst();
    }

    /** Returns the adapters of one more node, without faults, to look into them. */
    public EngineBackends.Node backend() {
        return backends.node();
    }

    /** Starts a node. */
    public Chat node() {
        return node(builder -> {});
    }

    /** Returns the configuration with a short time-out, for tests in which a backend hangs. */
    public ChatConfig.Builder impatientConfig() {
        return config().backendTimeout(backends.hangTimeout());
    }

    /** Starts a node with a short time-out, for tests in which a backend hangs. */
    public Chat impatientNode() {
        return node(builder -> builder.config(impatientConfig().build()));
    }

    /** Starts a node of this change to the defaults. */
    public Chat node(Consumer<Chat.Builder> change) {
        EngineBackends.Node own = backends.node();
        Chat.Builder builder = Chat.builder()
                .router(router.over(own.router()))
                .offlineQueue(queue.over(own.queue()))
                .callLog(own.callLog() == null ? callLog : callLog.over(own.callLog()))
                .rooms(own.rooms() == null ? rooms : rooms.over(own.rooms()))
                .profiles(own.profiles() == null ? profiles : profiles.over(own.profiles()))
                .attachments(attachments)
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
