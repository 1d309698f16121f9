package io.webchat.examples.server.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local in a JVM of its own, for {@link DynamoChild}. It listens on the loopback interface alone: it asks
 * nobody for a password. It ends when its standard input does, which is when whoever started it closes that, or dies.
 */
final class DynamoLocalProcess {
    /** The line that says that it can be used. */
    static final String READY = "webchat: ready";

    /** Before the reason, in the line that says that it cannot. */
    static final String FAILED = "webchat: failed: ";

    private static final String LOCK = "lock";
    private static final long LOCK_SECONDS = 10;
    // Browsers may show its answers to pages of this origin only, of which there are none.
    private static final String NO_PAGES = "http://nowhere.invalid";

    private DynamoLocalProcess() {}

    /**
     * Serves until there is nothing to read any more.
     *
     * @param arguments the port, and the folder of the data, which must exist; without a folder they are in memory
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        // Nobody reads the output of the libraries there.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            String folder = arguments.length == 1 ? null : arguments[1];
            FileLock lock = folder == null ? null : lock(Path.of(folder));
            Server server = start(Integer.parseInt(arguments[0]), folder);
            out.println(READY);
            out.flush();
            // Only the end of the input means something.
            System.in.transferTo(OutputStream.nullOutputStream());
            server.stop();
            if (lock != null) {
                lock.release();
            }
            // It keeps threads.
            System.exit(0);
        } catch (Exception | LinkageError e) {
            out.println(FAILED + e);
            out.flush();
            System.exit(1);
        }
    }

    /** A server that died has left its own process behind for a moment, and that still writes. */
    private static FileLock lock(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOCK_SECONDS);
        FileLock lock = file.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            lock = file.tryLock();
        }
        if (lock == null) {
            throw new IOException("another process uses " + folder);
        }
        return lock;
    }

    private static Server start(int port, @Nullable String folder) throws Exception {
        LocalDynamoDBRequestHandler requests = folder == null
                ? new LocalDynamoDBRequestHandler(0, true, null, true, false)
                : new DurableRequests(Path.of(folder));
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(new LocalDynamoDBServerHandler(requests, NO_PAGES));
        server.start();
        return server;
    }
}
