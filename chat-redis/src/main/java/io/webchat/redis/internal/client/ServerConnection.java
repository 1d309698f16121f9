package io.webchat.redis.internal.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection to one Redis server. Writing and reading are separate steps, so one thread may write while another
 * reads. Any thread may call {@link #drop}.
 */
public final class ServerConnection extends Connection {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

    private final HostAndPort address;
    private final long connectedAt;

    /** Has no initial value here, because the constructor of the superclass sets it. */
    private boolean connected;

    /** Connects and logs in. */
    public ServerConnection(HostAndPort server, JedisClientConfig config) {
        super(server, config);
        this.address = server;
        this.connectedAt = System.nanoTime();
    }

    /** The address of the server. */
    public HostAndPort server() {
        return address;
    }

    /** The {@link System#nanoTime} at which the login was complete. */
    long connectedAt() {
        return connectedAt;
    }

    /** Adds a command to the output buffer; {@link #flush} sends it. */
    public void write(CommandArguments command) {
        sendCommand(command);
    }

    /**
     * Connects once. jedis calls this method before each command and would connect again. The new connection would have
     * no login and would lack the commands in the old buffer, so replies would go to the wrong commands.
     */
    @Override
    public void connect() {
        if (!connected) {
            connected = true;
            super.connect();
        } else if (!isConnected()) {
            throw new JedisConnectionException("the connection to " + address + " is lost");
        }
    }

    @Override
    public void flush() {
        super.flush();
    }

    /** The next reply. An error reply is returned as a JedisDataException. */
    public @Nullable Object read() {
        try {
            return getUnflushedObject();
        } catch (JedisDataException refusal) {
            return refusal;
        }
    }

    /** Closes the socket at once, even while other threads read or write. */
    public void drop() {
        setBroken();
        try {
            forceDisconnect();
        } catch (IOException | JedisConnectionException e) {
            log.debug("cannot close the connection to {}", address, e);
        }
    }
}
