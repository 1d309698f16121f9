package io.webchat.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A thread that accepts the connections of a listening socket until the acceptor is closed. */
final class Acceptor implements AutoCloseable {
    private final ServerSocket listener;
    private final Consumer<Socket> taker;
    private final Thread thread;

    Acceptor(ServerSocket listener, Consumer<Socket> taker) {
        this.listener = listener;
        this.taker = taker;
        thread = ProxiedConnection.startDaemon("proxy-accept-" + listener.getLocalPort(), this::run);
    }

    private void run() {
        while (!listener.isClosed()) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                throw new UncheckedIOException(e);
            }
            taker.accept(client);
        }
    }

    /** Stops listening. When this returns, no more connections are accepted and all accepted ones were handed over. */
    @Override
    public void close() {
        try {
            listener.close();
            // The kernel keeps the port open while a thread is inside accept().
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the proxy stopped listening", e);
        }
    }
}
