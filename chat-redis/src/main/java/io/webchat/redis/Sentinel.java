package io.webchat.redis;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One sentinel, and the connection to it from the first question on. For one thread. */
final class Sentinel implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sentinel.class);

    /** Which server is the master, and how new that knowledge is. */
    record Answer(HostAndPort master, long epoch) {}

    private final RedisConfig config;
    private final HostAndPort address;
    private @Nullable Wire wire;

    Sentinel(RedisConfig config, HostAndPort address) {
        this.config = config;
        this.address = address;
    }

    /**
     * Asks for the master.
     *
     * @throws JedisException if it is not there or knows none of that name
     */
    Answer ask() {
        Wire there = wire != null ? wire : config.connectToSentinel(address);
        wire = there;
        there.write(new CommandArguments(Command.SENTINEL).add("MASTER").add(config.masterName()));
        there.flush();
        Object reply = there.read();
        if (reply instanceof JedisDataException refusal) {
            throw new JedisConnectionException(this + " does not name the master " + config.masterName(), refusal);
        }
        return answer(reply);
    }

    private Answer answer(@Nullable Object reply) {
        Map<String, String> fields = new HashMap<>();
        if (reply instanceof List<?> flat) {
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.put(text(flat.get(i)), text(flat.get(i + 1)));
            }
        }
        try {
            HostAndPort master =
                    new HostAndPort(fields.getOrDefault("ip", ""), Integer.parseInt(fields.getOrDefault("port", "")));
            return new Answer(master, Long.parseLong(fields.getOrDefault("config-epoch", "0")));
        } catch (NumberFormatException e) {
            throw new JedisConnectionException(this + " says something that no sentinel says", e);
        }
    }

    /** As {@link #ask}, or null. The next question makes a new connection if need be. */
    @Nullable
    Answer tryAsk() {
        try {
            return ask();
        } catch (JedisException e) {
            log.debug("{} does not answer", this, e);
            close();
            return null;
        }
    }

    static String text(@Nullable Object bytes) {
        return bytes instanceof byte[] raw ? new String(raw, StandardCharsets.UTF_8) : String.valueOf(bytes);
    }

    @Override
    public void close() {
        if (wire != null) {
            wire.drop();
            wire = null;
        }
    }

    @Override
    public String toString() {
        return "the sentinel at " + address;
    }
}
