package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.support.Failures;
import io.webchat.redis.internal.pubsub.TestSubscriptions;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a Redis without memory left, users leave rooms and delete messages; they cannot write. */
@ExtendWith(RedisServers.class)
final class FullRedisChangesTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final RoomId DEN = RoomId.of("den");

    private final RedisServer server;
    private final RedisConnections redis;
    private final RedisOfflineQueue queue;
    private final Chat chat;

    FullRedisChangesTest(RedisServer server) {
        this.server = server;
        redis = RedisConnections.open(RedisConfig.of(server.url()));
        queue = new RedisOfflineQueue(redis);
        chat = Chat.builder()
                .router(new RedisChatRouter(redis))
                .offlineQueue(queue)
                .rooms(new RedisRoomStore(redis))
                .build();
    }

    @AfterEach
    void close() {
        server.command("CONFIG", "SET", "maxmemory", "0");
        chat.close(Duration.ZERO);
        redis.close();
    }

    private List<RoomId> rooms(UserId user) {
        return TestSubscriptions.answer(chat.rooms().list(user)).stream()
                .map(Membership::room)
                .toList();
    }

    @Test
    void G1_everybody_leaves_a_room_the_last_owner_too() {
        TestSubscriptions.answer(chat.rooms().create(ALICE, DEN, "Den", true, List.of(BOB, CAROL)));
        server.command("CONFIG", "SET", "maxmemory", "1");

        assertThat(TestSubscriptions.answer(chat.rooms().remove(BOB, DEN, BOB))).isTrue();
        assertThat(TestSubscriptions.answer(chat.rooms().remove(ALICE, DEN, ALICE)))
                .isTrue();

        assertThat(rooms(BOB)).isEmpty();
        assertThat(rooms(ALICE)).isEmpty();
        assertThat(rooms(CAROL)).containsExactly(DEN);
        assertThat(TestSubscriptions.answer(chat.rooms().remove(CAROL, DEN, CAROL)))
                .isTrue();
    }

    @Test
    void G17_a_message_is_deleted() {
        ChatSession alice = TestSubscriptions.answer(chat.open(ALICE, (session, envelope) -> {}));
        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, "secret");
        TestSubscriptions.answer(alice.send(message));
        server.command("CONFIG", "SET", "maxmemory", "1");

        TestSubscriptions.answer(alice.send(Amendment.by(ALICE).of(message).delete()));

        List<Envelope> events = TestSubscriptions.answer(queue.read(BOB, 0, 10)).events();
        assertThat(events).extracting(each -> each.event().kind()).containsExactly(EventKind.MESSAGE, EventKind.DELETE);
        assertThat(events.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> TestSubscriptions.answer(alice.send(ChatEvent.message(ALICE, BOB, "more"))))
                .satisfies(failure -> assertThat(((ChatException) Failures.unwrap(failure)).code())
                        .isEqualTo(ErrorCode.QUEUE_FULL));
    }
}
