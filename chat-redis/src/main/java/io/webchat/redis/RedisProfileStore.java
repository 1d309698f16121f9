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
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.profiles.ProfileJson;
import io.webchat.redis.internal.profiles.ProfileScripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Profiles and blocks in Redis, for all nodes. They do not expire. They are as durable as Redis: its persistence and
 * its replicas decide how much survives its death. A {@link RedisProfileCache} in front of this store gains nothing.
 *
 * <p>Stages complete on the thread of a connection, which also serves other users, so do not block it. They fail with
 * {@code unavailable} if there is no reply in time, and with {@code queue_full} if the server has no memory left; the
 * change may have taken effect, and it is safe to repeat it. Unblocking needs no memory.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisProfileStore implements ProfileStore, ProfileRemoval {
    // The cache has other keys: a store must not read what a cache left behind.
    private static final String PROFILE = ":profile";
    private static final String BLOCKS = ":blocks";

    private final CommandClient commands;
    private final RedisKeys keys;

    /** Profiles and blocks over these connections. The caller closes them. */
    public RedisProfileStore(RedisConnections connections) {
        this.commands = connections.commands();
        this.keys = connections.keys();
    }

    @Override
    public CompletionStage<Void> save(UserId user, Profile profile) {
        byte[] key = keys.key(user, PROFILE);
        return commands.send(RedisCommand.of(key, Command.SET, key, ProfileJson.of(Optional.of(profile))))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Optional<Profile>> find(UserId user) {
        byte[] key = keys.key(user, PROFILE);
        // MGET, because the reply to a GET of a missing key is null, which no command may have.
        return commands.send(RedisCommand.of(key, Command.MGET, key))
                .thenApply(reply -> profile((byte[]) ((List<?>) reply).get(0)));
    }

    @Override
    public CompletionStage<Void> remove(UserId user) {
        return unlink(keys.key(user, PROFILE))
                .thenCompose(done -> unlink(keys.key(user, BLOCKS)))
                .thenApply(done -> null);
    }

    private CompletableFuture<Object> unlink(byte[] key) {
        return commands.send(RedisCommand.of(key, Command.UNLINK, key));
    }

    private static Optional<Profile> profile(byte @Nullable [] stored) {
        if (stored == null) {
            return Optional.empty();
        }
        try {
            return ProfileJson.profile(stored);
        } catch (IOException | ChatException e) {
            throw new ChatException(ErrorCode.INTERNAL, "Redis holds a profile that this version cannot read", e);
        }
    }

    @Override
    public CompletionStage<Void> block(UserId user, UserId other, int max) {
        byte[][] key = {keys.key(user, BLOCKS)};
        return commands.send(
                        RedisCommand.of(ProfileScripts.BLOCK, key, bytes(other.value()), bytes(Integer.toString(max))))
                .thenApply(reply -> {
                    if (!Long.valueOf(1).equals(reply)) {
                        throw new ChatException(ErrorCode.TOO_LARGE, "nobody may block more than " + max + " users");
                    }
                    return null;
                });
    }

    @Override
    public CompletionStage<Void> unblock(UserId user, UserId other) {
        byte[] key = keys.key(user, BLOCKS);
        return commands.send(RedisCommand.of(key, Command.HDEL, key, bytes(other.value())))
                .thenApply(done -> null);
    }

    @Override
    public CompletionStage<Set<UserId>> blocks(UserId user) {
        byte[] key = keys.key(user, BLOCKS);
        return commands.send(RedisCommand.of(key, Command.HGETALL, key)).thenApply(reply -> {
            List<?> usersAndValues = (List<?>) reply;
            Set<UserId> blocked = new HashSet<>();
            for (int i = 0; i < usersAndValues.size(); i += 2) {
                blocked.add(UserId.of(ReplyText.of(usersAndValues.get(i))));
            }
            return Set.copyOf(blocked);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
