package io.webchat.dynamo.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in a JVM of its own. It ends when its parent closes its standard input or dies. */
public final class DynamoProcess {
    static final String READY = "webchat: ready at port ";

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private DynamoProcess() {}

    /**
     * Serves until the standard input ends.
     *
     * @param arguments the port, 0 for any, and the folder of the data; without a folder the data is in memory
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int taken = port == 0 ? freePort() : port;
        List<String> options = new ArrayList<>(List.of("-port", "" + taken, "-sharedDb", "-disableTelemetry"));
        options.addAll(arguments.length > 1 ? List.of("-dbPath", arguments[1]) : List.of("-inMemory"));
        DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(options.toArray(new String[0]));
        server.start();
        System.out.println(READY + taken);
        // The parent reads no further output.
        PrintStream nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nobody);
        System.setErr(nobody);
        // The content of the input has no meaning, only its end.
        System.in.transferTo(OutputStream.nullOutputStream());
        server.stop();
        // Telemetry and timers of the server keep threads.
        System.exit(0);
    }

    /**
     * A port below the range that the kernel gives to outgoing connections. While the server is down, a client that
     * keeps connecting to a port of that range may get the same port for its own end. It would then connect to itself
     * and hold the port.
     */
    private static int freePort() throws IOException {
        IOException none = new IOException("No free port between " + LOWEST + " and " + HIGHEST);
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try (ServerSocket socket =
                    new ServerSocket(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                none.addSuppressed(taken);
            }
        }
        throw none;
    }
}
