package io.webchat.socketio.internal.rest;

import org.junit.jupiter.api.AfterEach;

/** A server of its own for each test. */
abstract class RestCases {
    final RestTestServer server = new RestTestServer();

    @AfterEach
    void stop() {
        server.close();
    }

    RestClient as(String user) {
        return server.as(user);
    }
}
