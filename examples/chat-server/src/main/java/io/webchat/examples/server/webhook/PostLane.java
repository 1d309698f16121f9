package io.webchat.examples.server.webhook;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Posts that are sent one after another. One of them is on its way at a time, also while it waits for a repetition. */
final class PostLane {
    /** Guarded by this. */
    private final Queue<Post> waiting = new ArrayDeque<>();

    /** Adds a post; returns it if it is the only one, so that it is to be sent now. */
    synchronized @Nullable Post add(Post post) {
        waiting.add(post);
        return waiting.size() == 1 ? post : null;
    }

    /** The first post is done; returns the next one. */
    synchronized @Nullable Post next() {
        waiting.remove();
        return waiting.peek();
    }
}
