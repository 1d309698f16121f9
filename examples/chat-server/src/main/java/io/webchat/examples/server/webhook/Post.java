package io.webchat.examples.server.webhook;

/**
 * A post that waits for its success.
 *
 * @param body its JSON
 * @param until when it is given up, in nanoseconds
 */
record Post(byte[] body, long until) {
    /** The bytes that it takes, about. */
    long size() {
        return body.length + 128L;
    }
}
