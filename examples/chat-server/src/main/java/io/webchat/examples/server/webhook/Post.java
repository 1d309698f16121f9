package io.webchat.examples.server.webhook;

/** A post that waits for its success. Immutable; nobody changes the body. */
final class Post {
    private static final long REST = 128;

    private final byte[] body;
    private final long until;

    /**
     * A post.
     *
     * @param body its JSON
     * @param until when it is given up, in nanoseconds
     */
    Post(byte[] body, long until) {
        this.body = body;
        this.until = until;
    }

    byte[] body() {
        return body;
    }

    long until() {
        return until;
    }

    /** The bytes that it takes, about. */
    long size() {
        return body.length + REST;
    }
}
