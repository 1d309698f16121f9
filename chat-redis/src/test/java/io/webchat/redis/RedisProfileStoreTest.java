package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryProfileStore;
import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Profiles in Redis do not expire, are apart from cached ones, and the limit of blocks is exact. */
@ExtendWith(RedisServers.class)
final class RedisProfileStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final RedisServer server;
    private RedisConnections redis;
    private RedisProfileStore store;

    RedisProfileStoreTest(RedisServer server) {
        this.server = server;
    }

    @BeforeEach
    void open() {
        server.command("FLUSHALL");
        redis = RedisConnections.open(server.url());
        store = new RedisProfileStore(redis);
    }

    @AfterEach
    void close() {
        server.command("CONFIG", "SET", "maxmemory", "0");
        redis.close();
    }

    @Test
    void profiles_and_blocks_do_not_expire() {
        StageResults.await(store.save(ALICE, Profile.named("Alice")));
        StageResults.await(store.block(ALICE, BOB, 10));

        assertThat(server.command("PTTL", "chat:{u:alice}:profile")).isEqualTo(-1L);
        assertThat(server.command("PTTL", "chat:{u:alice}:blocks")).isEqualTo(-1L);
    }

    @Test
    void a_profile_that_a_cache_left_behind_is_not_found() {
        RedisProfileCache cache = new RedisProfileCache(redis, MemoryProfileStore.create());
        StageResults.await(cache.save(ALICE, Profile.named("of another store")));

        assertThat(StageResults.await(store.find(ALICE))).isEmpty();
        assertThat(StageResults.await(store.blocks(ALICE))).isEmpty();
    }

    @Test
    void blocks_at_once_do_not_exceed_the_limit() {
        List<Boolean> blocked = ConcurrentCalls.run(
                6,
                i -> StageResults.await(
                        store.block(ALICE, UserId.of("user" + i), 4).handle((done, failure) -> failure == null)));

        assertThat(blocked).filteredOn(each -> each).hasSize(4);
        assertThat(StageResults.await(store.blocks(ALICE))).hasSize(4);
    }

    @Test
    void a_profile_of_another_form_is_an_internal_failure() {
        server.command("SET", "chat:{u:alice}:profile", "{\"a\":\"newer version\"}");

        StageResults.assertRefused(ErrorCode.INTERNAL, store.find(ALICE));
    }

    @Test
    void a_server_without_memory_refuses_changes_but_allows_to_unblock() {
        StageResults.await(store.block(ALICE, BOB, 10));
        server.command("CONFIG", "SET", "maxmemory", "1");

        StageResults.assertRefused(ErrorCode.QUEUE_FULL, store.save(ALICE, Profile.named("Alice")));
        StageResults.assertRefused(ErrorCode.QUEUE_FULL, store.block(ALICE, UserId.of("carol"), 10));
        assertThat(StageResults.await(store.blocks(ALICE))).containsExactly(BOB);
        StageResults.await(store.unblock(ALICE, BOB));
        assertThat(StageResults.await(store.blocks(ALICE))).isEmpty();
    }
}
