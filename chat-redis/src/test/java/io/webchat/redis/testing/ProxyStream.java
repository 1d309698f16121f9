package io.webchat.redis.testing;

import io.webchat.redis.testing.TcpProxy.Direction;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Carries bytes one way. One thread reads and notes when the bytes may go on, another writes them then: with one thread
 * a delay would also be a limit of the throughput.
 */
final class ProxyStream {
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final int CHUNKS = 1_024;

    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final ProxyFaults faults;
    private final ProxiedConnection link;
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS);

    ProxyStream(Direction direction, Socket from, Socket to, ProxyFaults faults, ProxiedConnection link) {
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.link = link;
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
            link.cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            link.cut();
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
                link.pipeEnded();
                return;
            }
            ProxyFaults.Allowance allowed = faults.allow(direction, chunk.bytes.length);
            to.getOutputStream().write(chunk.bytes, 0, allowed.bytes());
            if (allowed.last()) {
                link.close();
                return;
            }
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Bytes that were read at once; none at the end of the stream. */
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
