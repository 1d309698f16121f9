package io.webchat.redis.internal.client;

import java.time.Duration;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The values that a client of Redis needs. Immutable.
 *
 * @param servers the first servers to connect to: the only one, the sentinels, or some nodes of the cluster
 * @param masterName the name of the master at the sentinels; empty without sentinels
 * @param dataLogin the login at servers that hold data, and the connect timeout
 * @param sentinelLogin the login at sentinels, and the connect timeout
 * @param commandTimeout the time after which a command without a reply fails
 * @param connections the number of connections to each server
 * @param maxInFlight the highest number of commands without a reply
 * @param maxInFlightBytes the highest number of bytes of these commands
 * @param replicas the number of replicas that must confirm a write
 * @param scripts the Lua scripts that each connection loads
 */
public record ClientSettings(
        List<HostAndPort> servers,
        String masterName,
        JedisClientConfig dataLogin,
        JedisClientConfig sentinelLogin,
        Duration commandTimeout,
        int connections,
        int maxInFlight,
        long maxInFlightBytes,
        int replicas,
        List<LuaScript> scripts) {
    /**
     * Connects to a server that holds data, and logs in. Blocks.
     *
     * @throws JedisException if that fails; its message contains no secret
     */
    public ServerConnection connect(HostAndPort server) {
        ServerConnection connection = login("Redis at " + server, server, dataLogin);
        connection.setSoTimeout(Math.toIntExact(commandTimeout.toMillis()));
        return connection;
    }

    /** Connects to a sentinel, as {@link #connect} does. */
    public ServerConnection connectToSentinel(HostAndPort server) {
        return login("the sentinel at " + server, server, sentinelLogin);
    }

    /** A command waits for replicas at most for half of its time. */
    ReplicaWait replicaWait() {
        return new ReplicaWait(replicas, commandTimeout.dividedBy(2));
    }

    private static ServerConnection login(String name, HostAndPort server, JedisClientConfig login) {
        try {
            return new ServerConnection(server, login);
        } catch (JedisException e) {
            if (ConnectionDiagnosis.repeatsArguments(e)) {
                // A server whose HELLO or AUTH was renamed repeats the password deep among the causes.
                JedisException refusal = new JedisDataException("ERR the commands of a login are unknown");
                throw new ConnectFailedException(name, refusal);
            }
            throw new ConnectFailedException(name, e);
        }
    }
}
