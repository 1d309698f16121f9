package io.webchat.core.testing;

import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A chat in memory for the tests of an application. Each test makes one and closes it.
 *
 * <ul>
 *   <li>It has no rate limits, it retries at once, and it reports a message that nobody confirmed at once.
 *   <li>Its clock stands until {@link #advance} moves it. The clock decides when messages were stored, when waiting
 *       events and files expire, when a device is forgotten, and for how long a resend is recognised. Timeouts, retries
 *       and caches use real time.
 *   <li>Its backends work until the test lets them fail, for example with {@code
 *       chat.queue().messages.always(Fault.REFUSE)}.
 * </ul>
 *
 * <pre>{@code
 * try (TestChat chat = TestChat.create()) {
 *     TestClient alice = chat.client("alice");
 *     TestClient bob = chat.client("bob");
 *     alice.send("bob", "Hello");
 *     bob.awaitMessage("alice", "Hello");
 * }
 * }</pre>
 */
public final class TestChat implements AutoCloseable {
    private final MovableClock clock = MovableClock.stoppedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private final FaultyRouter router = new FaultyRouter(new MemoryChatRouter());
    private final FaultyQueue queue = new FaultyQueue(MemoryOfflineQueue.create(QueueLimits.DEFAULT, clock));
    private final FaultyCallLog callLog = new FaultyCallLog(MemoryCallLogStore.create());
    private final FaultyRooms rooms = new FaultyRooms(MemoryRoomStore.create());
    private final FaultyProfiles profiles = new FaultyProfiles(MemoryProfileStore.create());
    private final FaultyAttachments attachments =
            new FaultyAttachments(MemoryAttachmentStore.create(AttachmentLimits.DEFAULT, clock));
    private final List<Chat> nodes = new ArrayList<>();
    private final Consumer<Chat.Builder> change;
    private final Chat chat;

    private TestChat(Consumer<Chat.Builder> change) {
        this.change = change;
        this.chat = node();
    }

    /** Returns a chat whose clock stands at the present second. */
    public static TestChat create() {
        return create(builder -> {});
    }

    /** Returns a chat with the parts and limits that the application sets, such as its listeners. */
    public static TestChat create(Consumer<Chat.Builder> change) {
        return new TestChat(change);
    }

    /** Returns the chat, for the code that is tested. */
    public Chat chat() {
        return chat;
    }

    /** Starts one more node of the same chat. It shares clock, backends and faults. */
    public Chat node() {
        Chat.Builder builder = Chat.builder()
                .router(router)
                .offlineQueue(queue)
                .callLog(callLog)
                .rooms(rooms)
                .profiles(profiles)
                .attachments(attachments)
                .config(config().build());
        change.accept(builder);
        Chat node = builder.build();
        nodes.add(node);
        return node;
    }

    /** Returns the limits of this chat, for a test that changes one of them. */
    public static ChatConfig.Builder config() {
        return ChatConfig.builder()
                .messagesPerSecond(0)
                .signalsPerSecond(0)
                .openingsPerSecond(0)
                .fanoutBytesPerSecond(0)
                .retryDelay(Duration.ofMillis(5))
                .pushAfter(Duration.ofMillis(10));
    }

    /** Opens a session of the user's default device. The client confirms every message. */
    public TestClient client(String user) {
        return TestClient.open(chat, user);
    }

    /** Moves the clock forward. */
    public void advance(Duration time) {
        clock.advance(time);
    }

    /** Returns the clock, for code of the application that takes one. */
    public MovableClock clock() {
        return clock;
    }

    /** Returns the router, to let publishing and subscribing fail. */
    public FaultyRouter router() {
        return router;
    }

    /** Returns the queue, to let its steps fail. */
    public FaultyQueue queue() {
        return queue;
    }

    /** Returns the call log, to let its steps fail. */
    public FaultyCallLog callLog() {
        return callLog;
    }

    /** Returns the rooms, to let their steps fail. */
    public FaultyRooms rooms() {
        return rooms;
    }

    /** Returns the profiles, to let their steps fail. */
    public FaultyProfiles profiles() {
        return profiles;
    }

    /** Returns the store of files, to let its steps fail. */
    public FaultyAttachments attachments() {
        return attachments;
    }

    /** Closes all nodes at once. */
    @Override
    public void close() {
        nodes.forEach(each -> each.close(Duration.ZERO));
    }
}
