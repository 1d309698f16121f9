package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.redis.internal.queue.ScriptedQueue;
import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The documented ACL rules suffice, each of them is needed, and the check names the missing right. */
@ExtendWith(RedisServers.class)
final class AccessRightsTest {
    private static final RouterListener DEAF = new RouterListener() {
        @Override
        public void onEvent(Envelope envelope) {}

        @Override
        public void onResubscribed() {}
    };

    private static RedisServer server;
    private static List<String> rules;

    @BeforeAll
    static void start(RedisServer own) {
        server = own;
        rules = documentedRules();
    }

    /** The words of the block in docs/operations.md behind the name of the user. */
    private static List<String> documentedRules() {
        String text = read(Path.of("../docs/operations.md"));
        var block = Pattern.compile("```\\s+ACL SETUSER webchat (.*?)```", Pattern.DOTALL)
                .matcher(text);
        assertThat(block.find()).as("the ACL rules in docs/operations.md").isTrue();
        return List.of(block.group(1).trim().split("\\s+"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void removeUser() {
        server.command("ACL", "DELUSER", "webchat");
    }

    private static RedisConfig user(String... further) {
        return userAt("", further);
    }

    private static RedisConfig userAt(String path, String... further) {
        server.command("ACL", setUser(further));
        return RedisConfig.of("redis://webchat:secret@127.0.0.1:" + server.port() + path);
    }

    private static String[] setUser(String... further) {
        return Stream.of(Stream.of("SETUSER", "webchat", "reset"), rules.stream(), Stream.of(further))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    /** The message of the check; empty if it succeeds. */
    private static String verdict(RedisConfig config) {
        try (RedisConnections redis = RedisConnections.open(config)) {
            redis.check().toCompletableFuture().join();
            return "";
        } catch (CompletionException e) {
            return Objects.requireNonNull((ChatException) e.getCause()).detail();
        }
    }

    static Stream<String> commands() {
        return documentedRules().stream().filter(each -> each.startsWith("+")).map(each -> each.substring(1));
    }

    @Test
    void the_documented_rules_suffice() {
        RedisConfig config = user();
        assertThat(verdict(config)).isEmpty();
        try (RedisConnections redis = RedisConnections.open(config)) {
            useAll(redis);
        }
    }

    private static void useAll(RedisConnections redis) {
        RedisOfflineQueue queue = new RedisOfflineQueue(redis);
        RedisChatRouter router = new RedisChatRouter(redis);
        DeviceId phone = DeviceId.of("phone");
        Subscription subscription = answer(router.subscribe(ScriptedQueue.BOB, DEAF));
        long epoch = answer(queue.attach(ScriptedQueue.BOB, phone, 0)).epoch().number();
        assertThat(answer(queue.restore(ScriptedQueue.BOB, epoch, UndeliveredMessages.NONE))
                        .present())
                .isTrue();
        long seq = answer(queue.appendAndPublish(ScriptedQueue.BOB, ScriptedQueue.message("hi")))
                .appended()
                .seq();
        assertThat(answer(queue.read(ScriptedQueue.BOB, 0, 10)).events()).hasSize(1);
        assertThat(answer(queue.confirm(ScriptedQueue.BOB, phone, epoch, seq))).isTrue();
        assertThat(answer(router.isOnline(ScriptedQueue.BOB))).isTrue();
        answer(subscription.cancel());
        answer(new RedisValues(redis).add("name", "text"));
        assertThat(answer(new RedisValues(redis).find("name"))).contains("text");
        useStores(redis);
    }

    private static void useStores(RedisConnections redis) {
        RedisProfileStore profiles = new RedisProfileStore(redis);
        answer(profiles.save(ScriptedQueue.BOB, Profile.named("Bob")));
        assertThat(answer(profiles.find(ScriptedQueue.BOB))).contains(Profile.named("Bob"));
        answer(profiles.block(ScriptedQueue.BOB, UserId.of("mallory"), 10));
        answer(profiles.unblock(ScriptedQueue.BOB, UserId.of("mallory")));
        assertThat(answer(profiles.blocks(ScriptedQueue.BOB))).isEmpty();

        RedisRoomStore rooms = new RedisRoomStore(redis);
        RoomMember owner = new RoomMember(ScriptedQueue.BOB, RoomRole.OWNER, 1);
        Room room = new Room(RoomId.of("rights"), "rights", false, 1, List.of(owner));
        assertThat(answer(rooms.create(room))).isTrue();
        assertThat(answer(rooms.put(room.id(), new RoomMember(UserId.of("carol"), RoomRole.MEMBER, 2), 10)))
                .isTrue();
        assertThat(answer(rooms.roomsOf(UserId.of("carol")))).hasSize(1);
        answer(rooms.setPolicy(ScriptedQueue.BOB, AdditionPolicy.ASK));
        answer(rooms.forget(ScriptedQueue.BOB, room.id()));
        assertThat(answer(rooms.remove(room.id(), UserId.of("carol")))).isTrue();
        assertThat(answer(rooms.remove(room.id(), ScriptedQueue.BOB))).isTrue();
        assertThat(answer(rooms.find(room.id()))).isEmpty();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_missing_command_is_named(String command) {
        String name = command.replaceFirst("\\|.*", "").toUpperCase(Locale.ROOT);
        String found = verdict(user("-" + command));

        if (List.of("INFO", "SCRIPT").contains(name)) {
            assertThat(found)
                    .containsAnyOf("lacks a right that webchat needs", "may not run SCRIPT")
                    .contains("docs/operations.md");
        } else {
            assertThat(found).contains("this user may not run " + name).contains("docs/operations.md");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resetchannels", "resetkeys ~other:*", "resetkeys %R~chat:*", "resetchannels &other:*"})
    void missing_keys_and_channels_are_reported(String change) {
        assertThat(verdict(user(change.split(" "))))
                .matches(".*this user may not run (EVALSHA|PUBLISH) on keys and channels chat:\\*.*");
    }

    @Test
    void a_user_without_channels_who_may_publish_in_no_script_is_refused_at_the_subscription() {
        try (RedisConnections redis = RedisConnections.open(user("resetchannels"))) {
            assertThat(TestCommands.failure(
                            new RedisChatRouter(redis).subscribe(ScriptedQueue.BOB, DEAF), Duration.ofSeconds(30)))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void a_right_that_is_missing_inside_a_script_is_unavailable_and_named_in_the_log() {
        Logger logger = (Logger) LoggerFactory.getLogger("io.webchat.redis");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (RedisConnections redis = RedisConnections.open(user("-rpush"))) {
            RedisOfflineQueue queue = new RedisOfflineQueue(redis);
            assertThat(TestCommands.failure(
                            queue.append(ScriptedQueue.BOB, ScriptedQueue.message("hi"))
                                    .toCompletableFuture(),
                            Duration.ofSeconds(30)))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.matches("Redis refused RPUSH in append.*\\.lua: .*"));
    }

    @Test
    void a_server_that_takes_no_writes_is_not_ready(RedisServer own) {
        RedisConfig config = RedisConfig.of(own.url());
        assertThat(verdict(config)).isEmpty();
        own.command("CONFIG", "SET", "maxmemory", "1");
        assertThat(verdict(config)).contains("is not usable: it refuses EVALSHA: OOM");
        own.command("CONFIG", "SET", "maxmemory", "0");
        own.command("CONFIG", "SET", "min-replicas-to-write", "1");
        assertThat(verdict(config)).contains("is not usable: it refuses EVALSHA: NOREPLICAS");
        own.command("CONFIG", "SET", "min-replicas-to-write", "0");
        assertThat(verdict(config)).isEmpty();
    }

    @Test
    void a_server_that_cannot_write_to_its_disk_is_not_ready() {
        RedisServers.assumeOwnServers();
        try (RedisServer own = RedisServer.builder().config("dir /proc").start()) {
            own.command("CONFIG", "SET", "save", "3600 1000000");
            own.command("BGSAVE");
            Awaitility.await().until(() -> "err".equals(own.info("persistence").get("rdb_last_bgsave_status")));
            assertThat(verdict(RedisConfig.of(own.url()))).contains("is not usable: it refuses EVALSHA: MISCONF");
        }
    }

    @Test
    void a_server_without_the_wanted_replicas_is_not_ready(RedisServer own) {
        assertThat(verdict(RedisConfig.builder(own.url() + "?replicas=1")
                        .commandTimeout(Duration.ofSeconds(2))
                        .build()))
                .contains("is not usable: 0 of 1 replicas confirm a write");
    }

    @Test
    void the_documented_right_for_another_database_suffices_and_is_needed() {
        assertThat(verdict(userAt("/1"))).contains("this user lacks a right that webchat needs");
        assertThat(verdict(userAt("/1", "+select"))).isEmpty();
    }

    @Test
    void the_documented_right_for_replicas_suffices_and_is_needed() {
        String url = "?replicas=1&commandTimeout=1s";
        assertThat(verdict(userAt(url))).contains("this user may not run WAIT");
        assertThat(verdict(userAt(url, "+wait"))).contains("0 of 1 replicas confirm a write");
    }

    @Test
    void a_probe_leaves_nothing_that_lasts(RedisEndpoint shared) {
        String prefix = "probed" + System.nanoTime();
        assertThat(verdict(RedisConfig.of(shared.url() + "?prefix=" + prefix))).isEmpty();
        List<?> left = (List<?>) Objects.requireNonNull(shared.command("KEYS", prefix + "*"));
        assertThat(left).hasSizeLessThanOrEqualTo(1);
        assertThat(left)
                .allSatisfy(each -> assertThat((Long) shared.command("PTTL", String.valueOf(each)))
                        .isBetween(1L, 60_000L));
    }
}
