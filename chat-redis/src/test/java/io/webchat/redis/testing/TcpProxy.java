package io.webchat.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy between clients and a server. It forwards all bytes in order and causes network faults on demand. Faults
 * add up, apply to open and new connections alike, and last until {@link #heal()}. Methods may be called by any thread.
 * The proxy's own threads are daemons.
 *
 * <pre>{@code
 * try (TcpProxy proxy = TcpProxy.to("127.0.0.1", server.port())) {
 *     proxy.blackHole(TcpProxy.Direction.TO_CLIENT);
 *     proxy.cutAll();
 *     proxy.heal();
 * }
 * }</pre>
 */
public final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final int port;
    private final ProxyFaults faults = new ProxyFaults();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable Acceptor acceptor;

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        ServerSocket bound = bindAnywhere();
        port = bound.getLocalPort();
        accept(bound);
    }

    /** The direction in which bytes travel. */
    public enum Direction {
        /** From clients to the server. */
        TO_SERVER,
        /** From the server to clients. */
        TO_CLIENT
    }

    /** Starts a proxy on a free port of 127.0.0.1. It connects to the target when a client connects to it. */
    public static TcpProxy to(String host, int port) {
        try {
            return new TcpProxy(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port of 127.0.0.1 on which it listens, the same after each {@link #heal()}. */
    public int port() {
        return port;
    }

    /** The number of open connections. */
    public int connections() {
        return connections.size();
    }

    /** Resets all open connections (RST), towards clients and server. Bytes under way are lost. */
    public void cutAll() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Refuses new connections. Open connections stay. */
    public synchronized void refuse() {
        Acceptor accepting = acceptor;
        if (accepting != null) {
            accepting.close();
            acceptor = null;
        }
    }

    /**
     * Silently holds all bytes in this direction, like a network that lost its route. New connections are accepted. The
     * held bytes arrive after {@link #heal()}, because TCP repeats lost bytes.
     */
    public void blackHole(Direction direction) {
        faults.close(direction);
    }

    /** Delays all bytes in both directions by this time. The throughput stays the same. */
    public void delay(Duration delay) {
        faults.delay(delay);
    }

    /**
     * Closes one connection in the middle of its bytes. The bytes of all connections in this direction count; the
     * connection that carries the last of them is closed. These bytes arrive, later bytes do not. Happens once.
     */
    public void closeAfter(Direction direction, long bytes) {
        faults.closeAfter(direction, bytes);
    }

    /** Ends all faults. Lost connections stay lost. */
    public synchronized void heal() {
        faults.heal();
        if (acceptor == null) {
            try {
                ServerSocket socket = new ServerSocket();
                if (!Ports.tryBind(socket, port)) {
                    throw new IllegalStateException(
                            "Another process took port " + port + " while the proxy refused connections");
                }
                accept(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Resets all connections and stops listening. */
    @Override
    public void close() {
        refuse();
        cutAll();
        faults.heal();
    }

    private static ServerSocket bindAnywhere() throws IOException {
        while (true) {
            ServerSocket socket = new ServerSocket();
            if (Ports.tryBind(socket, Ports.free())) {
                return socket;
            }
            socket.close();
        }
    }

    private void accept(ServerSocket listener) {
        acceptor = new Acceptor(listener, client -> {
            ProxiedConnection connection = new ProxiedConnection(client, new Socket(), faults, connections::remove);
            connections.add(connection);
            connection.open(target);
        });
    }
}
