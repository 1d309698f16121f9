package io.webchat.examples.server.backends;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opened resources, which are closed in the opposite order. For one thread. */
public final class Opened {
    private static final Logger log = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> latestFirst = new ArrayDeque<>();

    /** Notes a resource, and gives it back. */
    public <T extends AutoCloseable> T add(T resource) {
        latestFirst.push(resource);
        return resource;
    }

    /** Closes all of them. A failure is logged, and the others are closed all the same. */
    public void close() {
        while (!latestFirst.isEmpty()) {
            close(latestFirst.pop());
        }
    }

    // Whatever it throws: the rest has to be closed as well.
    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("{} was not closed in order", resource.getClass().getSimpleName(), e);
        }
    }
}
