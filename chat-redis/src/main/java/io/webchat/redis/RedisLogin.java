package io.webchat.redis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The user and the password of a login. Each login asks the supplier for the password. {@link #toString} contains
 * neither.
 */
final class RedisLogin implements Supplier<@Nullable RedisCredentials> {
    static final RedisLogin NONE = new RedisLogin(null, null);

    private final @Nullable String username;
    private final @Nullable Supplier<String> password;

    RedisLogin(@Nullable String username, @Nullable Supplier<String> password) {
        this.username = username;
        this.password = password;
    }

    static RedisLogin of(@Nullable String username, @Nullable String password) {
        return new RedisLogin(username, password == null ? null : () -> password);
    }

    RedisLogin withUsername(String value) {
        return new RedisLogin(value, password);
    }

    RedisLogin withPassword(Supplier<String> value) {
        return new RedisLogin(username, value);
    }

    /** Jedis ignores a user without a password, so a user needs one. */
    boolean isComplete() {
        return username == null || password != null;
    }

    /**
     * The current login.
     *
     * @throws JedisException if the supplier of the password fails; jedis closes the socket for this type. It has the
     *     stack trace of that failure, but not its message, because the message may contain a secret and is logged
     */
    @Override
    public @Nullable RedisCredentials get() {
        return password == null ? null : new DefaultRedisCredentials(username, ask(password));
    }

    private static String ask(Supplier<String> password) {
        try {
            return password.get();
        } catch (RuntimeException | Error e) {
            JedisException failure = new JedisException(
                    "the supplier of the password failed: " + e.getClass().getName());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    @Override
    public String toString() {
        return password == null ? "no login" : "login";
    }
}
