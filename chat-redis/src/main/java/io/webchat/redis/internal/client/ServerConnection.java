package io.webchat.redis.internal.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection to one Redis server. Writing and reading are separate steps, so one thread may write while another
 * reads. Any thread may call {@link #drop}.
 */
public final class ServerConnection extends Connection {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

    private static final CommandArguments TIME = new CommandArguments(Command.TIME);
    private static final CommandArguments SERVER = new CommandArguments(Command.INFO).add("server");
    private static final CommandArguments REPLICATION = new CommandArguments(Command.INFO).add("replication");
    private static final long IDENTITY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HostAndPort address;
    private final long connectedAt;
    private ServerIdentity identity = ServerIdentity.UNKNOWN;
    private long identifiedAt;

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

    /** The server, as of the last {@link #identify}. For the thread that reads. */
    public ServerIdentity identity() {
        return identity;
    }

    /** Whether the identity is so old that the server may have another role by now, or another clock. */
    boolean isIdentityOld() {
        return System.nanoTime() - identifiedAt > IDENTITY_NANOS;
    }

    /**
     * Asks the server for its identity and its clock.
     *
     * @throws JedisDataException if it refuses
     */
    public void identify() {
        long before = System.currentTimeMillis();
        write(TIME);
        write(SERVER);
        write(REPLICATION);
        flush();
        Object time = read();
        long now = (before + System.currentTimeMillis()) / 2;
        String info = text(read()) + "\n" + text(read());
        identity = ServerIdentity.of(info, millis(time) - now);
        identifiedAt = System.nanoTime();
    }

    private static long millis(@Nullable Object time) {
        if (time instanceof List<?> parts && parts.size() == 2) {
            return Long.parseLong(text(parts.get(0))) * 1000 + Long.parseLong(text(parts.get(1))) / 1000;
        }
        throw new JedisDataException(text(time));
    }

    private static String text(@Nullable Object reply) {
        if (reply instanceof JedisDataException refusal) {
            throw refusal;
        }
        return ReplyText.of(reply);
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
