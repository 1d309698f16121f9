package io.webchat.socketio.internal.rest;

/**
 * A method and a path with the operation behind them.
 *
 * @param method the method; {@code GET} also answers {@code HEAD}
 * @param path the template of the path
 * @param input whether the operation reads a body
 * @param metered whether the request rate counts its calls; false if the engine limits them itself
 * @param operation the operation
 */
record RestEndpoint(String method, PathTemplate path, Input input, boolean metered, RestOperation operation) {
    /** Whether an operation reads the body. A body that is not read may contain anything. */
    enum Input {
        UNREAD,
        /** The bytes of a file, of any type. */
        FILE,
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

    static RestEndpoint patch(String path, RestOperation operation) {
        return new RestEndpoint("PATCH", PathTemplate.of(path), Input.NEEDED, true, operation);
    }

    static RestEndpoint post(String path, RestOperation operation) {
        return new RestEndpoint("POST", PathTemplate.of(path), Input.NEEDED, true, operation);
    }

    /** An upload of a file. The engine counts it as a message. */
    static RestEndpoint upload(String path, RestOperation operation) {
        return new RestEndpoint("POST", PathTemplate.of(path), Input.FILE, false, operation);
    }

    RestEndpoint unmetered() {
        return new RestEndpoint(method, path, input, false, operation);
    }

    boolean answers(String requested) {
        return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
    }

    @Override
    public String toString() {
        return method + " " + path.text();
    }
}
