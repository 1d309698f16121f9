package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.OfflineListener;
import io.webchat.core.Profile;
import io.webchat.core.UserDirectory;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.memory.MemoryRoomStore;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.FaultyCallLog;
import io.webchat.core.testing.FaultyProfiles;
import io.webchat.core.testing.FaultyQueue;
import io.webchat.core.testing.FaultyRooms;
import io.webchat.core.testing.FaultyRouter;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Each part of a chat that the application has as a bean is the part that the chat uses. */
class OwnPartsTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    @Test
    void theRouterTheQueueAndTheStoresAreTheBeans() {
        FaultyRouter router = new FaultyRouter(new MemoryChatRouter());
        FaultyQueue queue = new FaultyQueue(MemoryOfflineQueue.create());
        FaultyCallLog callLog = new FaultyCallLog(MemoryCallLogStore.create());
        FaultyRooms rooms = new FaultyRooms(MemoryRoomStore.create());
        FaultyProfiles profiles = new FaultyProfiles(MemoryProfileStore.create());
        Runners.withAuthenticator()
                .withBean(ChatRouter.class, () -> router)
                .withBean(OfflineQueue.class, () -> queue)
                .withBean(CallLogStore.class, () -> callLog)
                .withBean(RoomStore.class, () -> rooms)
                .withBean(ProfileStore.class, () -> profiles)
                .run(context -> {
                    Chat chat = context.getBean(Chat.class);
                    TestClient.join(chat.send(ChatEvent.message(ALICE, BOB, "hello")));
                    TestClient.join(chat.rooms().create(ALICE, RoomId.of("den"), "The den", false, List.of()));
                    TestClient.join(chat.profiles().put(ALICE, Profile.named("Alice")));

                    assertThat(List.of(
                                    router.publishing,
                                    queue.messages,
                                    callLog.writing,
                                    rooms.changing,
                                    profiles.asking))
                            .extracting(Faults::calls)
                            .allMatch(calls -> calls > 0);
                });
    }

    @Test
    void theBoundOfTheQueuesIsTheBean() {
        Runners.withAuthenticator()
                .withBean(QueueLimits.class, () -> QueueLimits.DEFAULT.withMaxEvents(1))
                .run(context -> {
                    Chat chat = context.getBean(Chat.class);
                    TestClient.open(chat, "bob").leave();
                    TestClient.join(chat.send(ChatEvent.message(ALICE, BOB, "one")));
                    TestClient.join(chat.send(ChatEvent.message(ALICE, BOB, "two")));

                    TestClient bob = TestClient.open(chat, "bob");

                    bob.awaitMessage("alice", "two");
                    assertThat(bob.count(EventKind.MESSAGE)).isEqualTo(1);
                });
    }

    @Test
    void theDirectoryAndTheOfflineListenerAreTheBeans() {
        List<UserId> missed = new CopyOnWriteArrayList<>();
        Runners.withAuthenticator()
                .withPropertyValues("webchat.limits.push-after=1ms")
                .withBean(UserDirectory.class, () -> user -> CompletableFuture.completedFuture(user.equals(BOB)))
                .withBean(OfflineListener.class, () -> message -> missed.add(message.user()))
                .run(context -> {
                    Chat chat = context.getBean(Chat.class);
                    TestClient.join(chat.send(ChatEvent.message(ALICE, BOB, "hello")));

                    assertThat(TestClient.failure(chat.send(ChatEvent.message(ALICE, UserId.of("nobody"), "hello"))))
                            .isEqualTo(ErrorCode.NOT_FOUND);
                    await().untilAsserted(() -> assertThat(missed).containsExactly(BOB));
                });
    }
}
