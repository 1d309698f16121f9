package io.webchat.examples.server.options;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The addresses that the server listens on, and the origins that it serves. */
public final class ListenOptions {
    private static final int MAX_PORT = 65_535;
    private static final int MIN_PING = 10;
    private static final int MAX_PING = 3_600_000;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "${env:CHAT_PORT:-9092}",
            description = "Port for Socket.IO, HTTP and the web page; 0 takes a free one. CHAT_PORT (${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "${env:CHAT_HOST:-0.0.0.0}",
            description =
                    "Address to listen on; 0.0.0.0 means all addresses of the machine. CHAT_HOST (${DEFAULT-VALUE})")
    private String host = "";

    @Option(
            names = "--cors-origin",
            paramLabel = "<origin>",
            split = ",",
            defaultValue = "${env:CHAT_CORS_ORIGIN:-" + Option.NULL_VALUE + "}",
            description =
                    "Origin whose pages may connect, such as https://chat.example, besides the server's own; * for all;"
                            + " repeatable. CHAT_CORS_ORIGIN, separated by commas")
    private @Nullable List<String> corsOrigins;

    @Option(
            names = "--ping-interval",
            paramLabel = "<ms>",
            defaultValue = "${env:CHAT_PING_INTERVAL:-25000}",
            description = "Milliseconds between heartbeats. CHAT_PING_INTERVAL (${DEFAULT-VALUE})")
    private long pingIntervalMillis;

    @Option(
            names = "--ping-timeout",
            paramLabel = "<ms>",
            defaultValue = "${env:CHAT_PING_TIMEOUT:-20000}",
            description = "Milliseconds a heartbeat may be late. CHAT_PING_TIMEOUT (${DEFAULT-VALUE})")
    private long pingTimeoutMillis;

    /** The port to listen on; 0 takes a free one. */
    public int port() {
        return port;
    }

    /** The address to listen on. */
    public String host() {
        return host;
    }

    /** The foreign origins whose pages may connect. */
    public List<String> origins() {
        return ProxyOptions.texts(corsOrigins);
    }

    /** The time between heartbeats. */
    public Duration pingInterval() {
        return Duration.ofMillis(pingIntervalMillis);
    }

    /** The time that a heartbeat may be late. */
    public Duration pingTimeout() {
        return Duration.ofMillis(pingTimeoutMillis);
    }

    void check(Faults faults) {
        faults.range("--port", port, 0, MAX_PORT);
        faults.range("--ping-interval", pingIntervalMillis, MIN_PING, MAX_PING);
        faults.range("--ping-timeout", pingTimeoutMillis, MIN_PING, MAX_PING);
    }
}
