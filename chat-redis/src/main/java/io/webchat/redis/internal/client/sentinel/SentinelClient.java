package io.webchat.redis.internal.client.sentinel;

import io.webchat.redis.internal.client.ClientSettings;
import io.webchat.redis.internal.client.ReplyText;
import io.webchat.redis.internal.client.ServerConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One sentinel and the connection to it, which the first question opens. For one thread. */
final class SentinelClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SentinelClient.class);

    /** The address of the master, and the configuration epoch: the higher, the newer. */
    record Answer(HostAndPort master, long epoch) {}

    private final ClientSettings settings;
    private final HostAndPort address;
    private @Nullable ServerConnection connection;

    SentinelClient(ClientSettings settings, HostAndPort address) {
        this.settings = settings;
        this.address = address;
    }

    /**
     * Asks for the master.
     *
     * <p>The epoch comes from the first question (SENTINEL MASTER), the address from the second. During a failover,
     * SENTINEL MASTER may return the new epoch with the old address. If both change between the questions, the new
     * address gets the old epoch, which is harmless. The reverse order could give the old address the new epoch, and
     * nothing would correct that.
     *
     * @throws JedisException if the sentinel does not answer, or knows no master of that name
     */
    Answer ask() {
        ServerConnection current = connection != null ? connection : settings.connectToSentinel(address);
        connection = current;
        current.write(question("MASTER"));
        current.write(question("GET-MASTER-ADDR-BY-NAME"));
        current.flush();
        Object fields = checked(current.read());
        Object named = checked(current.read());
        return answer(fields, named);
    }

    private CommandArguments question(String subcommand) {
        return new CommandArguments(Command.SENTINEL).add(subcommand).add(settings.masterName());
    }

    /** After an error reply the connection has unread replies, so the exception makes the caller close it. */
    private @Nullable Object checked(@Nullable Object reply) {
        if (reply instanceof JedisDataException refusal) {
            throw new JedisConnectionException(this + " does not name the master " + settings.masterName(), refusal);
        }
        return reply;
    }

    private Answer answer(@Nullable Object fields, @Nullable Object named) {
        if (named instanceof List<?> pair && pair.size() == 2) {
            try {
                HostAndPort master =
                        new HostAndPort(ReplyText.of(pair.get(0)), Integer.parseInt(ReplyText.of(pair.get(1))));
                return new Answer(master, epoch(fields));
            } catch (NumberFormatException e) {
                throw new JedisConnectionException(this + " sent an unexpected reply", e);
            }
        }
        throw new JedisConnectionException(this + " names no master " + settings.masterName());
    }

    private static long epoch(@Nullable Object fields) {
        if (fields instanceof List<?> flat) {
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                if (ReplyText.of(flat.get(i)).equals("config-epoch")) {
                    return Long.parseLong(ReplyText.of(flat.get(i + 1)));
                }
            }
        }
        return 0;
    }

    /** As {@link #ask}, but returns null instead of a failure. The next question opens a new connection. */
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

    @Override
    public void close() {
        if (connection != null) {
            connection.drop();
            connection = null;
        }
    }

    @Override
    public String toString() {
        return "the sentinel at " + address;
    }
}
