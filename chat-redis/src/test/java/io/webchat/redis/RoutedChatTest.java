package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.SendResult;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.pubsub.TestSubscriptions;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages reach a user on another node over Redis. */
@ExtendWith(RedisServers.class)
final class RoutedChatTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final RedisServer server;
    private final OfflineQueue queue = MemoryOfflineQueue.create();
    private final CallLogStore callLog = MemoryCallLogStore.create();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ChatSession alice;

    RoutedChatTest(RedisServer server) {
        this.server = server;
        alice = TestSubscriptions.answer(node().open(ALICE, (session, envelope) -> {}));
        TestSubscriptions.answer(node().open(BOB, this::hear));
    }

    private Chat node() {
        RedisConnections redis = RedisConnections.open(RedisConfig.of(server.url()));
        Chat chat = Chat.builder()
                .router(new RedisChatRouter(redis))
                .offlineQueue(queue)
                .callLog(callLog)
                .build();
        open.add(() -> chat.close(Duration.ZERO));
        open.add(redis);
        return chat;
    }

    private void hear(ChatSession session, Envelope envelope) {
        if (envelope.event() instanceof ChatEvent.Message message) {
            heard.add(message.text());
            session.confirm(envelope.seq());
        }
    }

    private CompletionStage<SendResult> send(String text) {
        return alice.send(ChatEvent.message(ALICE, BOB, text));
    }

    private void awaitHeard(List<String> all) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(heard).isEqualTo(all));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    @Test
    void a_message_reaches_the_other_node() {
        TestSubscriptions.answer(send("hello"));
        awaitHeard(List.of("hello"));
    }

    @Test
    void an_order_of_a_newer_version_is_ignored_by_this_one() {
        List<?> channels = (List<?>) Objects.requireNonNull(server.command("PUBSUB", "CHANNELS"));
        String order = "{\"EvtType\":\"of-tomorrow\",\"To\":\"bob\",\"Device\":\"default\"}";

        channels.forEach(each -> server.command("PUBLISH", ReplyText.of(each), order));

        TestSubscriptions.answer(send("afterwards"));
        awaitHeard(List.of("afterwards"));
    }

    @Test
    void G5_messages_sent_during_a_lost_subscription_arrive_in_order() {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("message " + i);
            TestSubscriptions.answer(send(sent.get(i)));
            if (i % 10 == 5) {
                server.command("CLIENT", "KILL", "TYPE", "pubsub");
            }
        }
        // Nothing is published after this, so the resubscription alone brings the lost messages.
        awaitHeard(sent);
    }
}
