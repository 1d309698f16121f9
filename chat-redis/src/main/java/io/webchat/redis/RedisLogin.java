package io.webchat.redis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisException;

/** Who logs in, and with what; the password is asked for anew at each login. Its text shows neither. */
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

    /** A user without a password would be ignored. */
    boolean isComplete() {
        return username == null || password != null;
    }

    /**
     * The login of now.
     *
     * @throws JedisException where the password is not to be had, since that is what makes jedis close the socket. It
     *     tells where that failed, and not what the failure said: that may hold a secret, and this is logged
     */
    @Override
    public @Nullable RedisCredentials get() {
        return password == null ? null : new DefaultRedisCredentials(username, ask(password));
    }

    private static String ask(Supplier<String> password) {
        try {
            return password.get();
        } catch (RuntimeException | Error e) {
            JedisException failure = new JedisException("there is no password to log in with, its supplier failed: "
                    + e.getClass().getName());
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    @Override
    public String toString() {
        return password == null ? "no login" : "login";
    }
}
