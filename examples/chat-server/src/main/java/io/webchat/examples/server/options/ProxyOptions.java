package io.webchat.examples.server.options;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The names under which clients reach the server, and the proxies in between. */
public final class ProxyOptions {
    private static final int MIN_KEEP_ALIVE = 10;
    private static final int MAX_KEEP_ALIVE = 3_600_000;

    @Option(
            names = "--allowed-host",
            paramLabel = "<name>",
            split = ",",
            defaultValue = "${env:CHAT_ALLOWED_HOST:-" + Option.NULL_VALUE + "}",
            description =
                    "Host name under which clients reach the server, besides localhost, addresses and the hosts of"
                            + " --cors-origin; * for all; repeatable. CHAT_ALLOWED_HOST, separated by commas")
    private @Nullable List<String> allowedHosts;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "<address>",
            split = ",",
            defaultValue = "${env:CHAT_TRUSTED_PROXY:-" + Option.NULL_VALUE + "}",
            description = "Address or CIDR block of a proxy that tells the client's address; repeatable."
                    + " CHAT_TRUSTED_PROXY, separated by commas")
    private @Nullable List<String> trustedProxies;

    @Option(
            names = "--base-path",
            paramLabel = "<path>",
            defaultValue = "${env:CHAT_BASE_PATH:-/}",
            description = "Path below which page, API and Socket.IO are. CHAT_BASE_PATH (${DEFAULT-VALUE})")
    private String basePath = "";

    @Option(
            names = "--keep-alive",
            paramLabel = "<ms>",
            defaultValue = "${env:CHAT_KEEP_ALIVE:-75000}",
            description = "Milliseconds that an idle HTTP connection stays open; more than the proxy's."
                    + " CHAT_KEEP_ALIVE (${DEFAULT-VALUE})")
    private long keepAliveMillis;

    /** The names under which clients reach the server. */
    public List<String> allowedHosts() {
        return texts(allowedHosts);
    }

    /** The addresses of the proxies that are believed. */
    public List<String> trustedProxies() {
        return texts(trustedProxies);
    }

    /** The path below which everything is. */
    public String basePath() {
        return basePath.isBlank() ? "/" : basePath;
    }

    /** The time that an idle connection stays open. */
    public Duration keepAlive() {
        return Duration.ofMillis(keepAliveMillis);
    }

    /** Returns the texts of a list without blanks around them. An empty variable, or a comma at the end, adds none. */
    static List<String> texts(@Nullable List<String> given) {
        return given == null
                ? List.of()
                : given.stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    void check(Faults faults) {
        faults.range("--keep-alive", keepAliveMillis, MIN_KEEP_ALIVE, MAX_KEEP_ALIVE);
    }
}
