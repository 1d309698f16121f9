package io.webchat.redis.internal.rooms;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.spi.rooms.RoomConsent;
import io.webchat.core.spi.rooms.RoomConsentStore;
import io.webchat.core.spi.rooms.UserConsents;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.internal.client.ReplyText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.Protocol.Command;

/**
 * The rooms that users must agree to join: one HASH per user. The field {@code :policy} has the user's policy, and each
 * room the text {@code state by time name}.
 */
public final class RoomConsents implements RoomConsentStore {
    private static final String KEY = ":consents";
    private static final String POLICY = ":policy";
    private static final int PARTS = 4;

    private final CommandClient commands;
    private final RedisKeys keys;

    /** Consents through this client. */
    public RoomConsents(CommandClient commands, RedisKeys keys) {
        this.commands = commands;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<UserConsents> consents(UserId user) {
        byte[] key = key(user);
        return commands.send(RedisCommand.of(key, Command.HGETALL, key)).thenApply(reply -> consents((List<?>) reply));
    }

    private static UserConsents consents(List<?> fields) {
        AdditionPolicy policy = AdditionPolicy.ALLOW;
        List<RoomConsent> rooms = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
            String field = ReplyText.of(fields.get(i));
            String value = ReplyText.of(fields.get(i + 1));
            if (field.equals(POLICY)) {
                policy = policy(value);
            } else {
                rooms.add(consent(RoomId.of(field), value));
            }
        }
        rooms.sort(Comparator.comparing(each -> each.room().value()));
        return new UserConsents(policy, rooms);
    }

    private static AdditionPolicy policy(String text) {
        try {
            return AdditionPolicy.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static RoomConsent consent(RoomId room, String text) {
        String[] parts = text.split(" ", PARTS);
        try {
            return new RoomConsent(
                    room, RoomConsent.State.valueOf(parts[0]), parts[3], UserId.of(parts[1]), Long.parseLong(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw unreadable(e);
        }
    }

    private static ChatException unreadable(RuntimeException cause) {
        return new ChatException(ErrorCode.INTERNAL, "Redis holds a consent that this version cannot read", cause);
    }

    @Override
    public CompletableFuture<Void> setPolicy(UserId user, AdditionPolicy policy) {
        return set(user, POLICY, policy.name());
    }

    @Override
    public CompletableFuture<Void> save(UserId user, RoomConsent consent) {
        String text = consent.state() + " " + consent.by() + " " + consent.at() + " " + consent.name();
        return consent.state() == RoomConsent.State.LEFT
                ? keepLeft(user, consent.room(), text)
                : set(user, consent.room().value(), text);
    }

    /** A server without memory left takes this too, so that everybody can leave. */
    private CompletableFuture<Void> keepLeft(UserId user, RoomId room, String consent) {
        byte[][] consents = {key(user)};
        return commands.send(RedisCommand.of(RoomScripts.KEEP_LEFT, consents, text(room.value()), text(consent)))
                .thenApply(done -> null);
    }

    private CompletableFuture<Void> set(UserId user, String field, String value) {
        byte[] key = key(user);
        return commands.send(RedisCommand.of(key, Command.HSET, key, text(field), text(value)))
                .thenApply(done -> null);
    }

    @Override
    public CompletableFuture<Void> forget(UserId user, RoomId room) {
        byte[] key = key(user);
        return commands.send(RedisCommand.of(key, Command.HDEL, key, text(room.value())))
                .thenApply(done -> null);
    }

    private byte[] key(UserId user) {
        return keys.key(user, KEY);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
