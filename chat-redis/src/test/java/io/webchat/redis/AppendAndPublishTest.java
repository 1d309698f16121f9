package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.ConversationPosition;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.calllog.ConversationReader;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.queue.PublishingQueue.Published;
import io.webchat.redis.internal.pubsub.TestSubscriptions;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One script appends an event and publishes it. */
@ExtendWith(RedisServers.class)
final class AppendAndPublishTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final RedisServer server;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Envelope> heard = new CopyOnWriteArrayList<>();

    AppendAndPublishTest(RedisServer server) {
        this.server = server;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        server.close();
    }

    private RedisConnections connect(RedisConfigBuilder config) {
        RedisConnections redis = RedisConnections.open(config.build());
        open.add(redis);
        return redis;
    }

    private RedisConnections connect() {
        return connect(RedisConfig.builder(server.url()));
    }

    private void listen(RedisChatRouter router, UserId user) {
        TestSubscriptions.answer(router.subscribe(user, new RouterListener() {
            @Override
            public void onEvent(Envelope envelope) {
                heard.add(envelope);
            }

            @Override
            public void onResubscribed() {}
        }));
    }

    @Test
    void a_new_event_reaches_listeners_with_its_Seq_and_a_resend_reaches_nobody() {
        RedisConnections redis = connect();
        RedisOfflineQueue queue = new RedisOfflineQueue(redis);
        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, "hello");

        Published offline =
                TestSubscriptions.answer(queue.appendAndPublish(BOB, ChatEvent.message(ALICE, BOB, "anyone?")));
        listen(new RedisChatRouter(redis), BOB);
        Published first = TestSubscriptions.answer(queue.appendAndPublish(BOB, message));
        Published again = TestSubscriptions.answer(queue.appendAndPublish(BOB, message));
        Published other = TestSubscriptions.answer(queue.appendAndPublish(BOB, ChatEvent.message(ALICE, BOB, "bye")));

        assertThat(offline.receivers()).isZero();
        assertThat(first.receivers()).isEqualTo(1);
        assertThat(again.appended().duplicate()).isTrue();
        assertThat(again.appended().seq()).isEqualTo(first.appended().seq());
        Awaitility.await()
                .untilAsserted(() -> assertThat(heard)
                        .containsExactly(
                                Envelope.stored(
                                        first.appended().epoch().number(),
                                        first.appended().seq(),
                                        first.appended().storedAt(),
                                        message),
                                TestSubscriptions.answer(
                                                queue.read(BOB, other.appended().seq() - 1, 1))
                                        .events()
                                        .get(0)));
    }

    @Test
    void a_queue_publishes_only_to_listeners_on_its_own_connections() {
        RedisConnections redis = connect();
        RedisConnections waits = connect(RedisConfig.builder(server.url()).replicas(1));

        assertThat(new RedisOfflineQueue(redis).publishesTo(new RedisChatRouter(redis)))
                .isTrue();
        assertThat(new RedisOfflineQueue(redis).publishesTo(new RedisChatRouter(connect())))
                .isFalse();
        assertThat(new RedisOfflineQueue(waits).publishesTo(new RedisChatRouter(waits)))
                .isFalse();
    }

    private ChatSession join(UserId user, Chat.Builder parts) {
        RedisConnections redis = connect();
        Chat node = parts.router(new RedisChatRouter(redis))
                .offlineQueue(new RedisOfflineQueue(redis))
                .build();
        open.add(0, () -> node.close(Duration.ZERO));
        return TestSubscriptions.answer(node.open(user, (session, envelope) -> {
            heard.add(envelope);
            session.confirm(envelope.seq());
        }));
    }

    private boolean hasHeard(EventKind kind) {
        return heard.stream().anyMatch(each -> each.event().kind() == kind);
    }

    private void awaitHeard(EventKind kind) {
        Awaitility.await().untilAsserted(() -> assertThat(hasHeard(kind)).isTrue());
    }

    private long published() {
        String calls = server.info("commandstats").getOrDefault("cmdstat_publish", "calls=0,");
        return Long.parseLong(calls.replaceAll("calls=(\\d+),.*", "$1"));
    }

    /** Resets the count after the new sessions were announced, because nothing else waits for that. */
    private void forgetPublished(int sessions) {
        Awaitility.await().until(() -> published() == sessions);
        server.command("CONFIG", "RESETSTAT");
    }

    @Test
    void G1_a_message_and_its_receipt_are_published_once_each() {
        ChatSession alice = join(ALICE, Chat.builder());
        ChatSession unused = join(BOB, Chat.builder());
        forgetPublished(2);

        TestSubscriptions.answer(alice.send(ChatEvent.message(ALICE, BOB, "hello")));
        awaitHeard(EventKind.DELIVERY);

        assertThat(published()).isEqualTo(2);
    }

    @Test
    void G8_a_shared_call_log_has_a_message_before_it_is_published() {
        SlowLog log = new SlowLog();
        ChatSession alice = join(ALICE, Chat.builder().callLog(log));
        ChatSession unused = join(BOB, Chat.builder().callLog(log));
        forgetPublished(2);

        CompletionStage<SendResult> sent = alice.send(ChatEvent.message(ALICE, BOB, "hello"));
        Awaitility.await().until(() -> log.asked);
        assertThat(published()).isZero();
        log.done.complete(null);

        TestSubscriptions.answer(sent);
        awaitHeard(EventKind.DELIVERY);
        assertThat(published()).isEqualTo(2);
    }

    /** A call log that stores the first message slowly. */
    private static final class SlowLog implements CallLogStore {
        private final CallLogStore log = MemoryCallLogStore.create();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile boolean asked;

        @Override
        public CompletionStage<Void> append(ConversationId conversation, ChatEvent.Message message, long storedAt) {
            asked = true;
            return done.thenCompose(now -> log.append(conversation, message, storedAt));
        }

        @Override
        public CompletionStage<Void> mark(Mark mark) {
            return log.mark(mark);
        }

        @Override
        public CompletionStage<Optional<LoggedMessage>> find(ConversationId conversation, UserId author, MessageId id) {
            return log.find(conversation, author, id);
        }

        @Override
        public CompletionStage<List<ChatEvent.Message>> quoted(
                ConversationId conversation, UserId reader, Collection<MessageRef> references) {
            return log.quoted(conversation, reader, references);
        }

        @Override
        public CompletionStage<List<LoggedMessage>> messages(
                ConversationId conversation, UserId reader, HistoryRange range) {
            return log.messages(conversation, reader, range);
        }

        @Override
        public CompletionStage<List<ConversationEntry>> conversations(
                ConversationReader reader, @Nullable ConversationPosition before, int limit) {
            return log.conversations(reader, before, limit);
        }
    }
}
