package io.webchat.redis.testing;

import io.webchat.redis.testing.ServerProcess.NotStarted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real redis-server: a child process on a free port of 127.0.0.1. It keeps nothing on disk unless it is configured
 * to. Methods may be called by any thread; methods that start or end the server run one after another.
 *
 * <pre>{@code
 * try (RedisServer server = RedisServer.builder().password("secret").appendOnly(true).start()) {
 *     server.command("SET", "key", "value");
 *     server.kill();
 *     server.restart();
 *     server.command("GET", "key");
 * }
 * }</pre>
 */
public final class RedisServer implements AutoCloseable {
    private final ProcessFolder home;
    private final ServerProcess process;
    private final RedisEndpoint endpoint;
    private final int port;
    private final @Nullable TrustStore trusted;

    RedisServer(
            ProcessFolder home, ServerProcess process, RedisEndpoint endpoint, int port, @Nullable TrustStore trusted) {
        this.home = home;
        this.process = process;
        this.endpoint = endpoint;
        this.port = port;
        this.trusted = trusted;
    }

    /** A builder of a server without password, TLS and files. */
    public static RedisServerBuilder builder() {
        return new RedisServerBuilder();
    }

    /** The port of 127.0.0.1 on which the server listens. A restart does not change it. */
    public int port() {
        return port;
    }

    /** As {@link RedisEndpoint#url()}. */
    public String url() {
        return endpoint.url();
    }

    /** The address of this server and a way to send it commands, without the methods that harm it. */
    public RedisEndpoint endpoint() {
        return endpoint;
    }

    /**
     * The certificate of this server, for a client to trust.
     *
     * @throws IllegalStateException if this server speaks no TLS
     */
    public TrustStore trustStore() {
        if (trusted == null) {
            throw new IllegalStateException("This server speaks no TLS");
        }
        return trusted;
    }

    /** As {@link RedisEndpoint#command}. */
    public @Nullable Object command(String name, String... arguments) {
        return endpoint.command(name, arguments);
    }

    /** As {@link RedisEndpoint#info}. */
    public Map<String, String> info(String section) {
        return endpoint.info(section);
    }

    synchronized boolean isRunning() {
        return process.isRunning();
    }

    /** Ends the server with SIGKILL, if it runs. When this returns, connections are cut and the port is closed. */
    public synchronized void kill() {
        process.kill();
    }

    /**
     * Stops the server with SIGSTOP: connections stay open, the kernel accepts new ones, and no command is answered.
     */
    public synchronized void pause() {
        process.signal("STOP");
    }

    /** Lets a paused server continue. It then answers all commands that were sent meanwhile. */
    public synchronized void resume() {
        process.signal("CONT");
    }

    /**
     * Kills the server if it runs, and starts it again on the same port with the data on its disk. An append-only
     * server has all acknowledged changes there, other servers have none. Returns when the server answers.
     */
    public synchronized void restart() {
        process.kill();
        try {
            process.start(endpoint);
        } catch (NotStarted e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** As {@link #restart()}, but loses the data on its disk. A node of a cluster stays in the cluster. */
    public synchronized void restartEmpty() {
        process.kill();
        home.delete("appendonlydir");
        home.delete("dump.rdb");
        restart();
    }

    /** The server's log since its first start. */
    public String log() {
        return process.log();
    }

    /** Kills the server and deletes its files. A second call does nothing. */
    @Override
    public synchronized void close() {
        process.kill();
        home.close();
    }
}
