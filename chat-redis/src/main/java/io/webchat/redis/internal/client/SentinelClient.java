package io.webchat.redis.internal.client;

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

/** One sentinel, and the connection to it from the first question on. For one thread. */
final class SentinelClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SentinelClient.class);

    /** Which server is the master, and how new that knowledge is. */
    record Answer(HostAndPort master, long epoch) {}

    private final ClientSettings settings;
    private final HostAndPort address;
    private @Nullable ServerConnection wire;

    SentinelClient(ClientSettings settings, HostAndPort address) {
        this.settings = settings;
        this.address = address;
    }

    /**
     * Asks for the master.
     *
     * <p>The epoch comes from one question and the address from another: while the leader of a failover waits for the
     * other replicas, SENTINEL MASTER tells the new epoch with the old address there. Where both change between the
     * two questions, the new address comes with the old epoch; the other order would give the old master the new
     * epoch, and nothing would take that back.
     *
     * @throws JedisException if it is not there or knows none of that name
     */
    Answer ask() {
        ServerConnection there = wire != null ? wire : settings.connectToSentinel(address);
        wire = there;
        there.write(question("MASTER"));
        there.write(question("GET-MASTER-ADDR-BY-NAME"));
        there.flush();
        Object fields = understood(there.read());
        Object named = understood(there.read());
        return answer(fields, named);
    }

    private CommandArguments question(String about) {
        return new CommandArguments(Command.SENTINEL).add(about).add(settings.masterName());
    }

    /** A question that is refused leaves the connection out of step; it is closed with that. */
    private @Nullable Object understood(@Nullable Object reply) {
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
                throw new JedisConnectionException(this + " says something that no sentinel says", e);
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
