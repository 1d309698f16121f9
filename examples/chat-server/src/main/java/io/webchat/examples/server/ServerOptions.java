package io.webchat.examples.server;

import io.webchat.core.ChatConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be set on the command line, or by an environment variable of the like name. */
final class ServerOptions {
    private static final int MIN_SECRET_BYTES = 32;

    @Option(
            names = "--port",
            paramLabel = "<port>",
            defaultValue = "${env:CHAT_PORT:-9092}",
            description = "Port for Socket.IO, HTTP and the web page; 0 takes a free one. CHAT_PORT (${DEFAULT-VALUE})")
    int port;

    @Option(
            names = "--host",
            paramLabel = "<address>",
            defaultValue = "${env:CHAT_HOST:-0.0.0.0}",
            description = "Address to listen on. CHAT_HOST (${DEFAULT-VALUE})")
    String host = "";

    @Option(
            names = "--redis",
            paramLabel = "<url>",
            defaultValue = "${env:CHAT_REDIS:-}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Share users with every other node on this Redis 7.0 or later: redis://, rediss://,"
                    + " redis-sentinel:// or redis-cluster://; wants --auth-secret. CHAT_REDIS")
    String redis = "";

    @Option(
            names = "--demo-cluster",
            description = "Start a redis-server and two nodes over it, on --port and the port after it")
    boolean demoCluster;

    @Option(
            names = "--auth-secret",
            paramLabel = "<key>",
            defaultValue = "${env:CHAT_AUTH_SECRET:-}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description =
                    "HS256 key of the tokens, 32 bytes or more; generated for this run when absent. CHAT_AUTH_SECRET")
    String authSecret = "";

    @Option(
            names = "--legacy-join",
            defaultValue = "${env:CHAT_LEGACY_JOIN:-false}",
            fallbackValue = "true",
            arity = "0..1",
            paramLabel = "true|false",
            description =
                    "Let clients of the original join as anyone, without a token. CHAT_LEGACY_JOIN (${DEFAULT-VALUE})")
    boolean legacyJoin;

    @Option(
            names = "--window",
            paramLabel = "<messages>",
            defaultValue = "${env:CHAT_WINDOW:-256}",
            description = "Messages a session may have unconfirmed. CHAT_WINDOW (${DEFAULT-VALUE})")
    int window;

    @Option(
            names = "--rate-limit",
            paramLabel = "<per second>",
            defaultValue = "${env:CHAT_RATE_LIMIT:-50}",
            description = "Messages per second and user, bursts of four seconds' worth; 0 for none. CHAT_RATE_LIMIT"
                    + " (${DEFAULT-VALUE})")
    int rateLimit;

    @Option(
            names = "--cors-origin",
            paramLabel = "<origin>",
            split = ",",
            defaultValue = "${env:CHAT_CORS_ORIGIN:-" + Option.NULL_VALUE + "}",
            description = "Origin whose pages may connect, besides the server's own; repeatable. CHAT_CORS_ORIGIN,"
                    + " separated by commas")
    @Nullable
    List<String> corsOrigins;

    @Option(
            names = "--ping-interval",
            paramLabel = "<ms>",
            defaultValue = "${env:CHAT_PING_INTERVAL:-25000}",
            description = "Milliseconds between heartbeats. CHAT_PING_INTERVAL (${DEFAULT-VALUE})")
    long pingIntervalMillis;

    @Option(
            names = "--ping-timeout",
            paramLabel = "<ms>",
            defaultValue = "${env:CHAT_PING_TIMEOUT:-20000}",
            description = "Milliseconds a heartbeat may be late. CHAT_PING_TIMEOUT (${DEFAULT-VALUE})")
    long pingTimeoutMillis;

    List<String> origins() {
        return corsOrigins == null ? List.of() : List.copyOf(corsOrigins);
    }

    /** The key that was given, or empty bytes where none was. */
    byte[] secret() {
        byte[] key = authSecret.getBytes(StandardCharsets.UTF_8);
        if (key.length > 0 && key.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("--auth-secret must have 32 bytes or more, as HS256 asks for");
        }
        return key;
    }

    /**
     * Refuses what does not go together.
     *
     * @throws IllegalArgumentException saying what to do
     */
    void check() {
        if (demoCluster && !redis.isEmpty()) {
            throw new IllegalArgumentException("--demo-cluster brings a Redis of its own: leave --redis away");
        }
        if (!redis.isEmpty() && authSecret.isEmpty()) {
            throw new IllegalArgumentException("--redis needs --auth-secret, the same on every node: with keys of"
                    + " their own the nodes would refuse each other's tokens");
        }
    }

    ChatConfig chat() {
        return ChatConfig.builder()
                .window(window)
                .messagesPerSecond(rateLimit)
                .burst(Duration.ofSeconds(4))
                .build();
    }
}
