package io.webchat.socketio.internal.rest;

/**
 * A method at a path, and what it does.
 *
 * @param method the method; {@code GET} answers {@code HEAD} too
 * @param path the form of the path
 * @param input whether there is a body
 * @param metered whether the rate of requests counts it; no where the engine has a rate of its own
 * @param operation what it does
 */
record RestEndpoint(String method, PathTemplate path, Input input, boolean metered, RestOperation operation) {
    /** Whether a request has a body. One that is not read may be anything. */
    enum Input {
        UNREAD,
        OPTIONAL,
        NEEDED
    }

    static RestEndpoint get(String path, RestOperation operation) {
        return new RestEndpoint("GET", PathTemplate.of(path), Input.UNREAD, true, operation);
    }

    static RestEndpoint delete(String path, RestOperation operation) {
        return new RestEndpoint("DELETE", PathTemplate.of(path), Input.UNREAD, true, operation);
    }

    static RestEndpoint put(String path, Input input, RestOperation operation) {
        return new RestEndpoint("PUT", PathTemplate.of(path), input, true, operation);
    }

    static RestEndpoint post(String path, RestOperation operation) {
        return new RestEndpoint("POST", PathTemplate.of(path), Input.NEEDED, true, operation);
    }

    RestEndpoint unmetered() {
        return new RestEndpoint(method, path, input, false, operation);
    }

    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    @Override
    public String toString() {
        return method + " " + path.text();
    }
}
