package io.webchat.examples.benchmarks.load;

import java.util.List;

/** The memory of idle connections. */
final class IdleConnections {
    private static final int FIRST = 100;
    private static final int RATE = 1_000;
    private static final long WARM_UP_MILLIS = 4_000;

    private IdleConnections() {}

    /** Returns the bytes on the server's heap and in its direct buffers for each of so many idle connections. */
    static double bytes(Contender who, int connections, List<String> options) throws Exception {
        try (ContenderServers servers = new ContenderServers(who, options)) {
            // Classes, compiled code and buffers that exist once do not count as the cost of a connection.
            try (Party first = new Party(servers, "first", FIRST)) {
                first.openLoop(RATE, WARM_UP_MILLIS, WARM_UP_MILLIS / 4);
            }
            long before = servers.memory();
            try (Party idle = new Party(servers, "user", connections)) {
                return (double) (servers.memory() - before) / idle.clients();
            }
        }
    }
}
