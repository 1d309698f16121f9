package io.webchat.examples.benchmarks;

/** A way to append messages to their receivers' queues and to publish them. */
interface Contestant extends AutoCloseable {
    /** Sends this many messages of the workload; returns when each is appended and published. */
    void send(Workload workload, int messages) throws Exception;

    @Override
    void close();
}
