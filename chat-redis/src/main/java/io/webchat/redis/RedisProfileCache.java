package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.Profile;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ProfileRemoval;
import io.webchat.core.spi.ProfileStore;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.profiles.ProfileJson;
import io.webchat.redis.internal.profiles.ProfileScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * Caches the profiles and blocks of another store in Redis, for all nodes. It keeps the promises of {@link
 * ProfileStore}: a change removes the cached value before it starts, and the result of a concurrent read is not
 * cached. If a node dies during a change, the cached value may be older than the stored one until it expires.
 *
 * <p>While Redis does not answer, reads go to the store. Changes fail with {@code unavailable}, because other nodes
 * would not see them. Safe for use by many threads.
 */
public final class RedisProfileCache implements ProfileStore, ProfileRemoval {
    private static final Logger log = LoggerFactory.getLogger(RedisProfileCache.class);
    private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(10);

    /** Longer than any change may take. */
    private static final Duration CHANGE_EXPIRY = Duration.ofMinutes(1);
    /** Twice the longest time of a read whose result is cached. */
    private static final Duration CROSSED_EXPIRY = Duration.ofSeconds(10);

    private static final String PROFILE = ":p";
    private static final String BLOCKS = ":b";

    private interface Decoder<T> {
        T decode(byte[] text) throws IOException;
    }

    private final ProfileStore store;
    private final CommandClient commands;
    private final RedisKeys keys;
    private final byte[] expiry;

    /** A cache of this store, with an expiry of 10 minutes. The caller closes the connections. */
    public RedisProfileCache(RedisConnections connections, ProfileStore store) {
        this(connections, store, DEFAULT_EXPIRY);
    }

    /**
     * A cache with this expiry.
     *
     * @throws IllegalArgumentException if the expiry is shorter than a second
     */
    public RedisProfileCache(RedisConnections connections, ProfileStore store, Duration expiry) {
        this(connections.commands(), connections.keys(), store, expiry);
    }

    RedisProfileCache(CommandClient commands, RedisKeys keys, ProfileStore store, Duration expiry) {
        if (expiry.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "the expiry of cached profiles must be a second or longer, not " + expiry);
        }
        this.commands = commands;
        this.keys = keys;
        this.store = store;
        this.expiry = millis(expiry);
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        return change(keys.key(user, PROFILE), ProfileJson.of(Optional.of(profile)), () -> store.save(user, profile));
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        return read(keys.key(user, PROFILE), ProfileJson::profile, () -> store.find(user), ProfileJson::of);
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other, int max) {
        return change(keys.key(user, BLOCKS), new byte[0], () -> store.block(user, other, max));
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        return change(keys.key(user, BLOCKS), new byte[0], () -> store.unblock(user, other));
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        return read(keys.key(user, BLOCKS), ProfileJson::users, () -> store.blocks(user), ProfileJson::of);
    }

    @Override
    public CompletionStage<Void> remove(UserId user) {
        if (store instanceof ProfileRemoval removal) {
            return change(
                    keys.key(user, PROFILE),
                    new byte[0],
                    () -> change(keys.key(user, BLOCKS), new byte[0], () -> removal.remove(user)));
        }
        return CompletableFuture.failedFuture(
                new ChatException(ErrorCode.FORBIDDEN, "this server's profiles cannot be removed"));
    }

    private CompletionStage<Void> change(byte[] key, byte[] result, Supplier<CompletionStage<Void>> change) {
        byte[] ticket = ("ticket " + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        return commands.send(RedisCommand.of(
                        key, Command.SET, key, ticket, "PX".getBytes(StandardCharsets.US_ASCII), millis(CHANGE_EXPIRY)))
                .thenCompose(taken -> change.get())
                .thenRun(() -> cache(key, ticket, result));
    }

    private <T> CompletionStage<T> read(
            byte[] key, Decoder<T> decoder, Supplier<CompletionStage<T>> read, Function<T, byte[]> text) {
        long start = System.nanoTime();
        // MGET, because the reply to a GET of a missing key is null, which no command may have.
        return commands.send(RedisCommand.of(key, Command.MGET, key))
                .handle((reply, failure) -> failure == null ? (byte[]) ((List<?>) reply).get(0) : null)
                .thenCompose(cached -> {
                    T known = cached == null ? null : decoded(cached, decoder);
                    return known != null
                            ? CompletableFuture.completedFuture(known)
                            : read.get().thenApply(found -> {
                                if (System.nanoTime() - start < CROSSED_EXPIRY.toNanos() / 2) {
                                    cache(key, new byte[0], text.apply(found));
                                }
                                return found;
                            });
                });
    }

    private static <T> @Nullable T decoded(byte[] cached, Decoder<T> decoder) {
        if (cached[0] != '[') {
            return null;
        }
        try {
            return decoder.decode(cached);
        } catch (IOException | ChatException e) {
            log.warn("cannot read a cached profile: {}; asking the store", e.getMessage());
            log.debug("cannot read a cached profile", e);
            return null;
        }
    }

    /** A failure has no consequence: the next read asks the store. */
    private void cache(byte[] key, byte[] ticket, byte[] text) {
        var unused = commands.send(RedisCommand.of(
                        ProfileScripts.FILL_CACHE, new byte[][] {key}, ticket, text, expiry, millis(CROSSED_EXPIRY)))
                .whenComplete((cached, failure) -> {
                    if (failure instanceof ChatException) {
                        log.debug("cannot cache a profile", failure);
                    } else if (failure != null) {
                        log.warn("cannot cache a profile: {}", failure.toString());
                    }
                });
    }

    private static byte[] millis(Duration time) {
        return Long.toString(time.toMillis()).getBytes(StandardCharsets.US_ASCII);
    }
}
