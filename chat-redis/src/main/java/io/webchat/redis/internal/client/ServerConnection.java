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
 * A connection on which writing and reading are separate steps. One thread may write while another reads; {@link
 * #drop} may be called by any thread.
 */
public final class ServerConnection extends Connection {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

    private final HostAndPort address;

    /** Set while the constructor of the superclass runs, and so without an initial value here. */
    private boolean connected;

    /** Connects and authenticates. */
    public ServerConnection(HostAndPort server, JedisClientConfig config) {
        super(server, config);
        this.address = server;
    }

    /** The address of the server. */
    public HostAndPort server() {
        return address;
    }

    /** Hands a command to the output buffer; {@link #flush} sends it. */
    public void write(CommandArguments command) {
        sendCommand(command);
    }

    /**
     * Connects, once. jedis calls this before each command, and would come back with a new connection that has not
     * logged in and knows nothing of what was in the buffer: replies would go to the wrong calls.
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

    /** The next reply; a refusal is returned as the JedisDataException that it is. */
    @Nullable
    public Object read() {
        try {
            return getUnflushedObject();
        } catch (JedisDataException refusal) {
            return refusal;
        }
    }

    /** Closes the socket at once, also under a thread that reads or writes. */
    public void drop() {
        setBroken();
        try {
            forceDisconnect();
        } catch (IOException | JedisConnectionException e) {
            log.debug("closing the connection to {} failed", address, e);
        }
    }
}
