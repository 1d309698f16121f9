package io.webchat.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A thread that takes what connects to a listening socket, until it is closed. */
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

    /** Stops to listen. When this returns nothing more is accepted, and what was accepted has been taken. */
    @Override
    public void close() {
        try {
            listener.close();
            // The kernel listens on for as long as a thread is inside accept().
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the proxy stopped to listen", e);
        }
    }
}
