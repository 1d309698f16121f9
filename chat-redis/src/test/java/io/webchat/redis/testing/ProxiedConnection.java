package io.webchat.redis.testing;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One connection through the proxy: a socket to the client, a socket to the server, and a stream in each direction. */
final class ProxiedConnection {
    private final Socket client;
    private final Socket server;
    private final ProxyFaults faults;
    private final Consumer<ProxiedConnection> whenClosed;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private final AtomicInteger openStreams = new AtomicInteger(Direction.values().length);

    ProxiedConnection(Socket client, Socket server, ProxyFaults faults, Consumer<ProxiedConnection> whenClosed) {
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.whenClosed = whenClosed;
    }

    void open(InetSocketAddress target) {
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            // No timeout is needed: a target on this machine accepts or refuses at once.
            server.connect(target);
            threads.addAll(new ProxyStream(Direction.TO_SERVER, client, server, faults, this).start());
            threads.addAll(new ProxyStream(Direction.TO_CLIENT, server, client, faults, this).start());
            if (closed) {
                // It was closed before all threads were known, so that close() did not interrupt them all.
                close();
            }
        } catch (IOException unreachable) {
            // Without the proxy the client would be refused too; here its connection existed for a moment.
            cut();
        }
    }

    /** One stream has delivered the end of its stream. */
    void streamEnded() {
        if (openStreams.decrementAndGet() == 0) {
            close();
        }
    }

    /** Closes both sockets. Written bytes still arrive. */
    void close() {
        closed = true;
        whenClosed.accept(this);
        close(client);
        close(server);
        // A thread that waits for the other thread, or in a black hole, would otherwise wait for ever.
        threads.forEach(Thread::interrupt);
    }

    /** Resets both sockets. */
    void cut() {
        reset(client);
        reset(server);
        close();
    }

    private static void reset(Socket socket) {
        try {
            // Makes the kernel send RST instead of FIN.
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Thread startDaemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
