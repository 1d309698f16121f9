package io.webchat.socketio.rest;

import org.junit.jupiter.api.AfterEach;

/** A server of its own for each test. */
abstract class RestCases {
    final RestServer server = new RestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    RestClient as(String user) {
        return server.as(user);
    }
}
