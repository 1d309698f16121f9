package io.webchat.redis.testing;

import io.webchat.redis.testing.ServerProcess.NotStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

    /**
     * As {@link #restart()}, but an append-only server comes back older than it was: its file has lost so many bytes at
     * its end, or all bytes since it was last rewritten.
     */
    public synchronized void restartOlder(long bytes) {
        process.kill();
        cutShort(bytes);
        restart();
    }

    /** Saves the data to its file, and returns a copy of the file. */
    public synchronized byte[] backup() {
        Object unused = command("SAVE");
        try {
            return Files.readAllBytes(home.file("dump.rdb"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #restart()}, with the data of this backup. An append-only server ignores backups. */
    public synchronized void restartFrom(byte[] backup) {
        process.kill();
        try {
            Files.write(home.file("dump.rdb"), backup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    private void cutShort(long bytes) {
        try (Stream<Path> files = Files.list(home.file("appendonlydir"))) {
            Path last = files.filter(each -> each.toString().endsWith(".incr.aof"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                FileChannel unused = file.truncate(Math.max(file.size() - bytes, 0));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on no write to a file succeeds, as on a full disk. It lasts until {@link #freeDisk}, or a restart. */
    public synchronized void fillDisk() {
        process.limitFiles("0");
    }

    /** Ends {@link #fillDisk}. */
    public synchronized void freeDisk() {
        process.limitFiles("unlimited");
    }

    /** From now on there is no memory for more data, until {@link #freeMemory} or a restart. */
    public synchronized void fillMemory() {
        String used = Objects.requireNonNull(info("memory").get("used_memory"));
        Object unused = command("CONFIG", "SET", "maxmemory", used);
    }

    /** Ends {@link #fillMemory}. */
    public synchronized void freeMemory() {
        Object unused = command("CONFIG", "SET", "maxmemory", "0");
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
