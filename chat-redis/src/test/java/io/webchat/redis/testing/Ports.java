package io.webchat.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out free ports of the loopback interface. No two JVMs hand out the same port: each JVM claims a block of ports
 * and listens on the first port of its block for as long as it lives.
 *
 * <p>All ports are below the range that the kernel uses for outgoing connections. A client that keeps trying to reach
 * a server that is down could otherwise get the server's port for its own end, and connect to itself.
 */
final class Ports {
    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    static final int BLOCK = 200;
    private static final int BLOCKS = (HIGHEST - LOWEST) / BLOCK;

    /** Held until this JVM ends; its port is the first of the block. */
    private static final ServerSocket CLAIM = claimBlock();

    private static int handedOut;

    private Ports() {}

    /** The port that this JVM listens on to claim its block. */
    static int firstOfBlock() {
        return CLAIM.getLocalPort();
    }

    /** A port that was free a moment ago and that this JVM did not hand out lately. */
    static synchronized int free() {
        for (int attempt = 1; attempt < BLOCK; attempt++) {
            int port = firstOfBlock() + 1 + handedOut++ % (BLOCK - 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port among the " + BLOCK + " from " + firstOfBlock());
    }

    private static ServerSocket claimBlock() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        try {
            for (int i = 0; i < BLOCKS; i++) {
                ServerSocket claim = new ServerSocket();
                if (tryBind(claim, LOWEST + (start + i) % BLOCKS * BLOCK)) {
                    return claim;
                }
                claim.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("No block of free ports between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            return tryBind(socket, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Binds the socket to this port of 127.0.0.1; returns false if another process has the port. */
    static boolean tryBind(ServerSocket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (BindException taken) {
            return false;
        }
    }
}
