package io.webchat.redis;

import io.webchat.core.ChatException;
import io.webchat.core.Profile;
import io.webchat.core.UserId;
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
 * Keeps profiles and blocks of another store in Redis, where all nodes find them. It holds the promises of {@link
 * ProfileStore}: a change takes what was cached out of the way before it begins, and what a read found meanwhile is not
 * kept. A node that dies within a change, of all moments, may leave what is cached behind what is stored, until it
 * expires.
 *
 * <p>Reads go to the store while Redis does not answer. Changes fail then with {@code unavailable}: they could not be
 * seen by all nodes. Safe for use by any number of threads.
 */
public final class RedisProfileCache implements ProfileStore {
    private static final Logger log = LoggerFactory.getLogger(RedisProfileCache.class);
    private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(10);

    /** Longer than any change may take. */
    private static final Duration CHANGE = Duration.ofMinutes(1);
    /** Longer than a read may take whose answer is cached. */
    private static final Duration CROSSED = Duration.ofSeconds(10);

    private static final String PROFILE = ":p";
    private static final String BLOCKS = ":b";

    private interface Decoder<T> {
        T decode(byte[] text) throws IOException;
    }

    private final ProfileStore store;
    private final CommandClient commands;
    private final RedisKeys keys;
    private final byte[] expiry;

    /** Caches for 10 minutes what this store has. Closing the connections is left to who opened them. */
    public RedisProfileCache(RedisConnections connections, ProfileStore store) {
        this(connections, store, DEFAULT_EXPIRY);
    }

    /**
     * Caches for so long.
     *
     * @throws IllegalArgumentException for less than a second
     */
    public RedisProfileCache(RedisConnections connections, ProfileStore store, Duration expiry) {
        this(connections.commands(), connections.keys(), store, expiry);
    }

    RedisProfileCache(CommandClient commands, RedisKeys keys, ProfileStore store, Duration expiry) {
        if (expiry.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("profiles are cached for a second or more, not for " + expiry);
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

    private CompletionStage<Void> change(byte[] key, byte[] result, Supplier<CompletionStage<Void>> change) {
        byte[] ticket = ("ticket " + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
        return commands.send(RedisCommand.of(
                        key, Command.SET, key, ticket, "PX".getBytes(StandardCharsets.US_ASCII), millis(CHANGE)))
                .thenCompose(taken -> change.get())
                .thenRun(() -> cache(key, ticket, result));
    }

    private <T> CompletionStage<T> read(
            byte[] key, Decoder<T> decoder, Supplier<CompletionStage<T>> read, Function<T, byte[]> text) {
        long start = System.nanoTime();
        // MGET, since the reply to a GET of nothing is nothing.
        return commands.send(RedisCommand.of(key, Command.MGET, key))
                .handle((reply, failure) -> failure == null ? (byte[]) ((List<?>) reply).get(0) : null)
                .thenCompose(cached -> {
                    T known = cached == null ? null : decoded(cached, decoder);
                    return known != null
                            ? CompletableFuture.completedFuture(known)
                            : read.get().thenApply(found -> {
                                if (System.nanoTime() - start < CROSSED.toNanos() / 2) {
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
            log.warn("what is cached is no profile; the store is asked", e);
            return null;
        }
    }

    /** Whatever becomes of it: without it the store is asked again. */
    private void cache(byte[] key, byte[] ticket, byte[] text) {
        var unused = commands.send(RedisCommand.of(
                        ProfileScripts.FILL_CACHE, new byte[][] {key}, ticket, text, expiry, millis(CROSSED)))
                .whenComplete((cached, failure) -> {
                    if (failure instanceof ChatException) {
                        log.debug("a profile was not cached", failure);
                    } else if (failure != null) {
                        log.warn("Redis refuses to cache a profile: {}", failure.toString());
                    }
                });
    }

    private static byte[] millis(Duration time) {
        return Long.toString(time.toMillis()).getBytes(StandardCharsets.US_ASCII);
    }
}
