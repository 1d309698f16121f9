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
 * Stands between clients and a server, passes on what they say, in order, and does harm when told to. Faults add up,
 * apply to open and new connections alike, and last until {@link #heal()}. Methods may be called by any thread; threads
 * of its own are daemons.
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
    private final Set<ProxiedConnection> links = ConcurrentHashMap.newKeySet();
    private @Nullable Acceptor acceptor;

    private TcpProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        ServerSocket bound = bindAnywhere();
        port = bound.getLocalPort();
        accept(bound);
    }

    /** Which way bytes go. */
    public enum Direction {
        /** What clients say. */
        TO_SERVER,
        /** What the server says. */
        TO_CLIENT
    }

    /** A proxy on a free port of 127.0.0.1. It connects to the target only when a client connects to it. */
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

    /** How many connections are open. */
    public int connections() {
        return links.size();
    }

    /** Resets all open connections (RST), towards clients and server; what was on its way is lost. */
    public void cutAll() {
        links.forEach(ProxiedConnection::cut);
    }

    /** Refuses new connections; open ones stay. */
    public synchronized void refuse() {
        Acceptor accepting = acceptor;
        if (accepting != null) {
            accepting.close();
            acceptor = null;
        }
    }

    /**
     * Passes nothing on in this direction and tells nobody, as a network that lost its route. New connections are
     * accepted. What was said meanwhile arrives after {@link #heal()}, as TCP repeats what was lost.
     */
    public void blackHole(Direction direction) {
        faults.close(direction);
    }

    /** Passes everything on in both directions, and this much later; how much is under way does not matter. */
    public void delay(Duration delay) {
        faults.delay(delay);
    }

    /**
     * Closes one connection in mid-sentence: the one over which the last of so many more bytes (counted over all
     * connections) goes in this direction. These bytes arrive, nothing after them does. Happens once.
     */
    public void closeAfter(Direction direction, long bytes) {
        faults.closeAfter(direction, bytes);
    }

    /** Ends all faults. Connections that are gone stay gone. */
    public synchronized void heal() {
        faults.heal();
        if (acceptor == null) {
            try {
                ServerSocket socket = new ServerSocket();
                if (!Ports.tryBind(socket, port)) {
                    throw new IllegalStateException("Port " + port + " was taken meanwhile");
                }
                accept(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Resets all connections and listens no more. */
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
            ProxiedConnection link = new ProxiedConnection(client, new Socket(), faults, links::remove);
            links.add(link);
            link.open(target);
        });
    }
}
