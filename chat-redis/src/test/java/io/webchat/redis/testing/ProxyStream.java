package io.webchat.redis.testing;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Carries bytes in one direction. One thread reads bytes and notes their due time; another thread writes them at that
 * time. A single thread would turn each delay into a limit of the throughput.
 */
final class ProxyStream {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int CHUNKS = 1_024;

    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final ProxyFaults faults;
    private final ProxiedConnection connection;
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS);

    ProxyStream(Direction direction, Socket from, Socket to, ProxyFaults faults, ProxiedConnection connection) {
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.connection = connection;
    }

    List<Thread> start() {
        return List.of(
                ProxiedConnection.startDaemon("proxy-read-" + direction, () -> run(this::read)),
                ProxiedConnection.startDaemon("proxy-write-" + direction, () -> run(this::write)));
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (IOException broken) {
            connection.cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.cut();
        }
    }

    private void read() throws IOException, InterruptedException {
        byte[] buffer = new byte[CHUNK_BYTES];
        int count;
        do {
            count = from.getInputStream().read(buffer);
            underWay.put(new Chunk(Arrays.copyOf(buffer, Math.max(count, 0)), faults.due()));
        } while (count >= 0);
    }

    private void write() throws IOException, InterruptedException {
        while (true) {
            Chunk chunk = underWay.take();
            faults.await(direction, chunk.due);
            if (chunk.isLast()) {
                to.shutdownOutput();
                connection.streamEnded();
                return;
            }
            ProxyFaults.Allowance allowed = faults.allow(direction, chunk.bytes.length);
            to.getOutputStream().write(chunk.bytes, 0, allowed.bytes());
            if (allowed.last()) {
                connection.close();
                return;
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** The bytes of one read; empty at the end of the stream. */
    private static final class Chunk {
        private final byte[] bytes;
        private final long due;

        Chunk(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }

        boolean isLast() {
            return bytes.length == 0;
        }
    }
}
