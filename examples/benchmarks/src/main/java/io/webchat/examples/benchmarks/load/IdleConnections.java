package io.webchat.examples.benchmarks.load;

import java.util.List;

/** Many idle connections to the servers of one contender, and the memory that each of them takes. */
final class IdleConnections implements AutoCloseable {
    private final ContenderServers servers;
    private final Party party;
    private final double heapBytes;
    private final double residentBytes;

    /** Connects as many clients as the plan says, behind a first, busy party that warms the servers up. */
    IdleConnections(Contender who, ConnectionsContest.Plan plan, List<String> options) throws Exception {
        servers = new ContenderServers(who, options);
        try {
            // Classes, compiled code and buffers that exist once do not count as the cost of a connection.
            try (Party first = new Party(servers, "first", plan.few())) {
                plan.warm(first);
            }
            long heap = servers.memory();
            long resident = servers.resident();
            party = new Party(servers, "user", plan.many());
            heapBytes = (double) (servers.memory() - heap) / plan.many();
            residentBytes = (double) (servers.resident() - resident) / plan.many();
        } catch (Exception | Error e) {
            servers.close();
            throw e;
        }
    }

    /** The clients. */
    Party party() {
        return party;
    }

    /** Bytes on the servers' heaps and in their direct buffers, per connection. */
    double heapBytes() {
        return heapBytes;
    }

    /** Bytes that the system has given to the servers, per connection. */
    double residentBytes() {
        return residentBytes;
    }

    @Override
    public void close() {
        party.close();
        servers.close();
    }
}
