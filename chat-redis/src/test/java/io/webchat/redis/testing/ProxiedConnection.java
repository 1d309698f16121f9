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

/** One connection through a proxy: a socket to the client, one to the server, a pipe each way. */
final class ProxiedConnection {
    private final Socket client;
    private final Socket server;
    private final ProxyFaults faults;
    private final Consumer<ProxiedConnection> whenClosed;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private final AtomicInteger openPipes = new AtomicInteger(Direction.values().length);

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
            // Without a time-out: a target on this machine accepts or refuses at once.
            server.connect(target);
            threads.addAll(new ProxyStream(Direction.TO_SERVER, client, server, faults, this).start());
            threads.addAll(new ProxyStream(Direction.TO_CLIENT, server, client, faults, this).start());
            if (closed) {
                // Meanwhile: not all of the threads were known yet.
                close();
            }
        } catch (IOException unreachable) {
            // As the client would see it without the proxy, except that the connection existed for a moment.
            cut();
        }
    }

    /** One side has said its last word and the other has heard it. */
    void pipeEnded() {
        if (openPipes.decrementAndGet() == 0) {
            close();
        }
    }

    /** Ends both connections; what was written still arrives. */
    void close() {
        closed = true;
        whenClosed.accept(this);
        close(client);
        close(server);
        // Those that wait for each other, or in a black hole, would do so for ever.
        threads.forEach(Thread::interrupt);
    }

    /** Resets both connections. */
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
