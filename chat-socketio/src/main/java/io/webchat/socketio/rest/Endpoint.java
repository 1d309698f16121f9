package io.webchat.socketio.rest;

/**
 * A method at a path, and what it does.
 *
 * @param method the method; {@code GET} answers {@code HEAD} too
 * @param path the form of the path
 * @param input whether there is a body
 * @param metered whether the rate of requests counts it; no where the engine has a rate of its own
 * @param operation what it does
 */
record Endpoint(String method, Template path, Input input, boolean metered, Operation operation) {
    /** Whether a request has a body. One that is not read may be anything. */
    enum Input {
        UNREAD,
        OPTIONAL,
        NEEDED
    }

    static Endpoint get(String path, Operation operation) {
        return new Endpoint("GET", Template.of(path), Input.UNREAD, true, operation);
    }

    static Endpoint delete(String path, Operation operation) {
        return new Endpoint("DELETE", Template.of(path), Input.UNREAD, true, operation);
    }

    static Endpoint put(String path, Input input, Operation operation) {
        return new Endpoint("PUT", Template.of(path), input, true, operation);
    }

    static Endpoint post(String path, Operation operation) {
        return new Endpoint("POST", Template.of(path), Input.NEEDED, true, operation);
    }

    Endpoint unmetered() {
        return new Endpoint(method, path, input, false, operation);
    }

    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    @Override
    public String toString() {
        return method + " " + path.text();
    }
}
