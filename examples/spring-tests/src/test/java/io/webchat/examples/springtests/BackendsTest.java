package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.ProfileStore;
import io.webchat.core.spi.calllog.CallLogStore;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.rooms.RoomStore;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoProfileStore;
import io.webchat.dynamo.DynamoRoomStore;
import io.webchat.examples.hosts.Client;
import io.webchat.redis.RedisChatRouter;
import io.webchat.redis.RedisOfflineQueue;
import io.webchat.redis.RedisProfileCache;
import io.webchat.redis.RedisProfileStore;
import io.webchat.redis.RedisRoomStore;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.socketio.spring.WebchatServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The properties webchat.redis.url and webchat.dynamo.table choose the stores, and beans take their places. */
@ExtendWith(RedisServers.class)
class BackendsTest {
    /** Nobody listens there, which is found out when the first message comes. */
    private static final ApplicationContextRunner UNREACHED = Runners.withAuthenticator()
            .withPropertyValues("webchat.redis.check-on-start=false", "webchat.dynamo.endpoint=http://127.0.0.1:1");

    /** A table that is believed to exist. */
    private static ApplicationContextRunner withTable(ApplicationContextRunner runner) {
        return runner.withPropertyValues("webchat.dynamo.table=talk").withUserConfiguration(BelievedTable.class);
    }

    private static void assertStores(ApplicationContext context, Class<?>... types) {
        assertThat(context.getBean(OfflineQueue.class)).isInstanceOf(types[0]);
        assertThat(context.getBean(RoomStore.class)).isInstanceOf(types[1]);
        assertThat(context.getBean(ProfileStore.class)).isInstanceOf(types[2]);
    }

    @Test
    void withoutPropertiesEverythingIsInMemory() {
        Runners.withAuthenticator()
                .run(context ->
                        assertThat(context).doesNotHaveBean(ChatRouter.class).doesNotHaveBean(OfflineQueue.class));
    }

    @Test
    void aUrlPutsTheChatOnRedisAndALineSaysThatTheHistoryIsOfThisNode() {
        Logger core = (Logger) LoggerFactory.getLogger("io.webchat.core");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        core.addAppender(lines);
        try {
            UNREACHED
                    .withPropertyValues("webchat.redis.url=redis://127.0.0.1:1")
                    .run(context -> {
                        assertStores(context, RedisOfflineQueue.class, RedisRoomStore.class, RedisProfileStore.class);
                        assertThat(context.getBean(ChatRouter.class)).isInstanceOf(RedisChatRouter.class);
                        assertThat(context).doesNotHaveBean(CallLogStore.class);
                    });
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains("In the memory of this node alone"))
                    .singleElement()
                    .asString()
                    .contains("message history");
        } finally {
            core.detachAppender(lines);
        }
    }

    @Test
    void aTablePutsHistoryRoomsAndProfilesInDynamoDb() {
        withTable(UNREACHED).run(context -> {
            // The queues are in memory, and are restored from the call log.
            assertThat(context).doesNotHaveBean(OfflineQueue.class);
            assertThat(context.getBean(RoomStore.class)).isInstanceOf(DynamoRoomStore.class);
            assertThat(context.getBean(ProfileStore.class)).isInstanceOf(DynamoProfileStore.class);
            assertThat(context.getBean(CallLogStore.class)).isInstanceOf(DynamoCallLogStore.class);
        });
    }

    @Test
    void withBothMessagesWaitInRedisAndTheRestIsInDynamoDb() {
        withTable(UNREACHED)
                .withPropertyValues("webchat.redis.url=redis://127.0.0.1:1")
                .run(context -> {
                    assertStores(context, RedisOfflineQueue.class, DynamoRoomStore.class, RedisProfileCache.class);
                    assertThat(context.getBean(CallLogStore.class)).isInstanceOf(DynamoCallLogStore.class);
                });
    }

    @Test
    void anUnusableRedisIsNamedAtTheStart() {
        Runners.withAuthenticator()
                .withPropertyValues("webchat.redis.url=redis://127.0.0.1:1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("webchat.redis.url: cannot connect to Redis at 127.0.0.1:1"));
    }

    @Test
    void twoApplicationsOverOneRedisAreOneChat(RedisServer redis) {
        ApplicationContextRunner node =
                Runners.withAuthenticator().withPropertyValues("webchat.redis.url=" + redis.url());
        node.run(first -> node.run(second -> {
            try (Client alice = client(first, "alice");
                    Client bob = client(second, "bob")) {
                await().until(() -> alice.connected() && bob.connected());
                var unused = alice.send("bob", "m1", "across");
                await().untilAsserted(() -> assertThat(bob.textsOf("alice")).containsExactly("across"));
            }
        }));
    }

    private static Client client(ApplicationContext node, String user) {
        return new Client(node.getBean(WebchatServer.class).port().orElseThrow(), user);
    }
}
