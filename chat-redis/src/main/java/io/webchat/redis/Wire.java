package io.webchat.redis;

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
final class Wire extends Connection {
    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    private final HostAndPort address;

    /** False while the constructor above this one connects. */
    private final boolean made;

    /** Connects and authenticates. */
    Wire(HostAndPort server, JedisClientConfig config) {
        super(server, config);
        this.address = server;
        this.made = true;
    }

    /** Does not connect anew, as jedis would under a thread that writes while another drops the connection. */
    @Override
    public void connect() {
        if (!made) {
            super.connect();
        } else if (isBroken() || !isConnected()) {
            throw new JedisConnectionException("the connection to " + address + " is lost");
        }
    }

    HostAndPort server() {
        return address;
    }

    /** Hands a command to the output buffer; {@link #flush} sends it. */
    void write(CommandArguments command) {
        sendCommand(command);
    }

    @Override
    public void flush() {
        super.flush();
    }

    /** The next reply; a refusal is returned as the JedisDataException that it is. */
    @Nullable
    Object read() {
        try {
            return getUnflushedObject();
        } catch (JedisDataException refusal) {
            return refusal;
        }
    }

    /** Closes the socket at once, also under a thread that reads or writes. */
    void drop() {
        setBroken();
        try {
            forceDisconnect();
        } catch (IOException | JedisConnectionException e) {
            log.debug("closing the connection to {} failed", address, e);
        }
    }
}
