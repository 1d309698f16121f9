package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.core.spi.ProfileStore;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads come from the cache or the store, and concurrent changes never leave an old value in the cache. */
@ExtendWith(RedisServers.class)
final class RedisProfileCacheTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final String KEY = "chat:{u:alice}:p";

    private final RedisServer server;
    private final Slow store = new Slow();
    private RedisConnections redis;
    private RedisProfileCache cache;

    RedisProfileCacheTest(RedisServer server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        redis = RedisConnections.open(server.url());
        cache = new RedisProfileCache(redis, store);
        server.command("DEL", KEY, "chat:{u:alice}:b");
    }

    @AfterEach
    void close() {
        redis.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private String cached() {
        return Objects.toString(server.command("GET", KEY));
    }

    @Test
    void a_saved_profile_is_read_from_the_cache_until_it_expires() {
        join(cache.save(ALICE, Profile.named("Alice")));
        await().until(() -> cached().startsWith("["));

        assertThat(join(cache.find(ALICE))).contains(Profile.named("Alice"));
        assertThat(store.reads).hasValue(0);
        assertThat((Long) server.command("PTTL", KEY)).isBetween(500_000L, 600_000L);
    }

    @Test
    void profiles_are_cached_after_a_read_and_missing_ones_too() {
        assertThat(join(cache.find(ALICE))).isEmpty();
        await().until(() -> cached().equals("[]"));
        assertThat(join(cache.find(ALICE))).isEmpty();
        assertThat(join(cache.blocks(ALICE))).isEmpty();
        await().until(() -> Long.valueOf(1).equals(server.command("EXISTS", "chat:{u:alice}:b")));
        assertThat(join(cache.blocks(ALICE))).isEmpty();

        assertThat(store.reads).hasValue(2);
    }

    @Test
    void a_read_that_a_change_overtakes_does_not_cache_the_old_profile() {
        join(store.save(ALICE, Profile.named("old")));
        CompletableFuture<Void> gate = store.nextReadWaits();
        CompletionStage<Optional<Profile>> reading = cache.find(ALICE);
        await().until(() -> store.reads.get() == 1);
        join(cache.save(ALICE, Profile.named("new")));
        gate.complete(null);

        assertThat(join(reading)).contains(Profile.named("old"));
        assertThat(join(cache.find(ALICE))).contains(Profile.named("new"));
        await().during(Duration.ofMillis(200)).until(() -> !cached().contains("old"));
    }

    @Test
    void concurrent_changes_are_not_cached() {
        CompletableFuture<Void> gate = store.nextSaveWaits();
        CompletionStage<Void> first = cache.save(ALICE, Profile.named("first"));
        await().until(() -> store.saves.get() == 1);
        CompletionStage<Void> second = cache.save(ALICE, Profile.named("second"));
        join(second);
        await().until(() -> cached().contains("second"));
        gate.complete(null);
        join(first);

        await().until(() -> cached().startsWith("ticket"));
        assertThat(join(cache.find(ALICE))).contains(Profile.named("first"));
        assertThat((Long) server.command("PTTL", KEY)).isLessThanOrEqualTo(10_000L);
    }

    @Test
    void a_refused_change_is_not_cached() {
        store.refuse = true;

        assertThat(TestCommands.failure(
                        cache.save(ALICE, Profile.named("Alice")).toCompletableFuture(), Duration.ofSeconds(30)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(join(cache.find(ALICE))).isEmpty();
    }

    @Test
    void blocks_are_read_from_the_store_after_a_change_and_then_from_the_cache() {
        join(cache.block(ALICE, BOB, 10));
        assertThat(join(cache.blocks(ALICE))).containsExactly(BOB);
        server.command("DEL", "chat:{u:alice}:b");
        assertThat(join(cache.blocks(ALICE))).containsExactly(BOB);
        await().until(() ->
                Objects.toString(server.command("GET", "chat:{u:alice}:b")).equals("[\"bob\"]"));
        int reads = store.reads.get();

        assertThat(join(cache.blocks(ALICE))).containsExactly(BOB);
        assertThat(store.reads).hasValue(reads);
        join(cache.unblock(ALICE, BOB));
        assertThat(join(cache.blocks(ALICE))).isEmpty();
    }

    @Test
    void G9_without_redis_reads_go_to_the_store_and_changes_are_refused() {
        join(store.save(ALICE, Profile.named("Alice")));
        server.pause();
        try (RedisConnections connections =
                RedisConnections.open(TestConfigs.impatient(server.url()).build())) {
            RedisProfileCache impatient = new RedisProfileCache(connections, store);
            assertThat(join(impatient.find(ALICE))).contains(Profile.named("Alice"));
            assertThat(TestCommands.failure(
                            impatient.save(ALICE, Profile.named("A.")).toCompletableFuture(), Duration.ofSeconds(30)))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            server.resume();
        }
        await().untilAsserted(() -> join(cache.save(ALICE, Profile.named("Alice B."))));
        assertThat(join(cache.find(ALICE))).contains(Profile.named("Alice B."));
    }

    @Test
    void an_unreadable_cache_entry_is_read_from_the_store() {
        join(store.save(ALICE, Profile.named("Alice")));
        server.command("SET", KEY, "[{\"an\":\"object\"}");

        assertThat(join(cache.find(ALICE))).contains(Profile.named("Alice"));
    }

    @Test
    void an_expiry_below_one_second_is_refused() {
        assertThatThrownBy(() -> new RedisProfileCache(redis, store, Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A store that waits or refuses when it is told to. */
    private static final class Slow implements ProfileStore {
        private final ProfileStore store = MemoryProfileStore.create();
        final AtomicInteger reads = new AtomicInteger();
        final AtomicInteger saves = new AtomicInteger();
        private volatile CompletableFuture<Void> readGate = CompletableFuture.completedFuture(null);
        private volatile CompletableFuture<Void> saveGate = CompletableFuture.completedFuture(null);
        volatile boolean refuse;

        CompletableFuture<Void> nextReadWaits() {
            readGate = new CompletableFuture<>();
            return readGate;
        }

        CompletableFuture<Void> nextSaveWaits() {
            saveGate = new CompletableFuture<>();
            return saveGate;
        }

        @Override
        public CompletionStage<Void> save(UserId user, Profile profile) {
            saves.incrementAndGet();
            if (refuse) {
                return CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAVAILABLE, "on purpose"));
            }
            CompletableFuture<Void> gate = saveGate;
            saveGate = CompletableFuture.completedFuture(null);
            return gate.thenCompose(open -> store.save(user, profile));
        }

        @Override
        public CompletionStage<Optional<Profile>> find(UserId user) {
            reads.incrementAndGet();
            CompletableFuture<Void> gate = readGate;
            readGate = CompletableFuture.completedFuture(null);
            // The value is read now, although it arrives later.
            CompletionStage<Optional<Profile>> found = store.find(user);
            return gate.thenCompose(open -> found);
        }

        @Override
        public CompletionStage<Void> block(UserId user, UserId other, int max) {
            return store.block(user, other, max);
        }

        @Override
        public CompletionStage<Void> unblock(UserId user, UserId other) {
            return store.unblock(user, other);
        }

        @Override
        public CompletionStage<Set<UserId>> blocks(UserId user) {
            reads.incrementAndGet();
            return store.blocks(user);
        }
    }
}
