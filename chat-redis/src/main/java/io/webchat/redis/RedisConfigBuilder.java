package io.webchat.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RedisConfig}. What is set here has the last word over the URL. Not for use by several threads. */
public final class RedisConfigBuilder {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s)");

    String keyPrefix = "chat";
    int connections = 1;
    Duration connectTimeout = Duration.ofSeconds(1);
    Duration commandTimeout = Duration.ofSeconds(3);
    int maxWaiting = 65_536;
    long maxWaitingBytes = 64L << 20;
    String clientName = "webchat";
    int replicas;
    RedisLogin credentials;
    RedisLogin sentinelCredentials = RedisLogin.NONE;

    private final List<String> urlFaults = new ArrayList<>();
    private final RedisUrl url;
    private @Nullable SSLSocketFactory sockets;
    private @Nullable Path trustStore;
    private char[] trustStorePassword = {};
    private boolean verifyHostname = true;

    RedisConfigBuilder(String text) {
        url = RedisUrl.parse(text, urlFaults);
        credentials = RedisLogin.of(url.username(), url.password());
        url.parameters().forEach(this::parameter);
    }

    private void parameter(String name, String value) {
        switch (name) {
            case "prefix" -> keyPrefix = value;
            case "connections" -> connections = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : -1;
            case "connectTimeout" -> connectTimeout = time(name, value);
            case "commandTimeout" -> commandTimeout = time(name, value);
            default -> urlFaults.add("the parameters of a URL are prefix, connections, connectTimeout, commandTimeout");
        }
    }

    private Duration time(String name, String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            urlFaults.add(name + " must be a number followed by ms or s");
            return Duration.ofSeconds(1);
        }
        long number = Long.parseLong(time.group(1));
        return "s".equals(time.group(2)) ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }

    /** The ACL user; without one it is Redis's {@code default}. */
    public RedisConfigBuilder username(String value) {
        credentials = credentials.withUsername(value);
        return this;
    }

    /** The password. */
    public RedisConfigBuilder password(String value) {
        return password(() -> value);
    }

    /**
     * Where to get the password from: asked at every new connection, by its thread, so that secrets may rotate. While
     * it throws there are no new connections; what it says then is not logged.
     */
    public RedisConfigBuilder password(Supplier<String> value) {
        credentials = credentials.withPassword(value);
        return this;
    }

    /** How to log in at the sentinels; by default they ask for nothing. The user may be null. */
    public RedisConfigBuilder sentinelLogin(@Nullable String username, String password) {
        sentinelCredentials = RedisLogin.of(username, password);
        return this;
    }

    /** Makes the sockets of a URL with TLS, and decides whom to trust. The default is the JDK's. */
    public RedisConfigBuilder sslSocketFactory(SSLSocketFactory value) {
        sockets = value;
        return this;
    }

    /** The certificates to trust with TLS: a PKCS12 or JKS file. It is read when the configuration is built. */
    public RedisConfigBuilder trustStore(Path file, String password) {
        trustStore = file;
        trustStorePassword = password.toCharArray();
        return this;
    }

    /** Whether the certificate must be for the host of the URL; default true. Without, anyone may listen in. */
    public RedisConfigBuilder verifyHostname(boolean value) {
        verifyHostname = value;
        return this;
    }

    /** What all keys and channels begin with; default {@code chat}. Nodes that chat together have the same. */
    public RedisConfigBuilder keyPrefix(String value) {
        keyPrefix = value;
        return this;
    }

    /** Connections per server that share the users, 1 to 16; default 1, which is the fastest on most machines. */
    public RedisConfigBuilder connections(int value) {
        connections = value;
        return this;
    }

    /** The time for each step of a new connection: connect, log in; 1 ms to 60 s, default 1 s. */
    public RedisConfigBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /** When a command that has no answer fails with {@code unavailable}; 10 ms to 60 s, default 3 s. */
    public RedisConfigBuilder commandTimeout(Duration value) {
        commandTimeout = value;
        return this;
    }

    /** How many commands, and how many bytes of these, may wait for answers; default 65 536 and 64 MiB. */
    public RedisConfigBuilder maxWaiting(int commands, long bytes) {
        maxWaiting = commands;
        maxWaitingBytes = bytes;
        return this;
    }

    /** What {@code CLIENT LIST} calls this node's connections; default {@code webchat}. */
    public RedisConfigBuilder clientName(String value) {
        clientName = value;
        return this;
    }

    /**
     * How many replicas must have what a command did before it succeeds; 0 to 10, default 0. An acknowledged message
     * then outlives the sudden death of the master, where one of these replicas takes over. Where fewer answer within
     * half of the command time-out, commands fail with {@code unavailable} and may have taken effect all the same: with
     * 1, nothing works while there is no replica.
     */
    public RedisConfigBuilder replicas(int value) {
        replicas = value;
        return this;
    }

    /**
     * Checks everything and makes the configuration.
     *
     * @throws IllegalArgumentException naming every fault, without repeating any part of the URL
     */
    public RedisConfig build() {
        List<String> faults = new ArrayList<>(urlFaults);
        check(faults);
        RedisTls tls = tls(faults);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("invalid Redis configuration: " + String.join("; ", faults));
        }
        return new RedisConfig(this, url, tls);
    }

    private void check(List<String> faults) {
        if (!keyPrefix.matches("[^{}\\s\\p{Cntrl}]{1,64}")) {
            faults.add("keyPrefix must be 1 to 64 characters without braces and spaces");
        }
        if (!clientName.matches("[!-~]{1,64}")) {
            faults.add("clientName must be 1 to 64 characters of ASCII without spaces");
        }
        range(faults, "connectTimeout in ms", millis(connectTimeout), 1, 60_000);
        range(faults, "commandTimeout in ms", millis(commandTimeout), 10, 60_000);
        range(faults, "connections", connections, 1, 16);
        range(faults, "replicas", replicas, 0, 10);
        range(faults, "maxWaiting commands", maxWaiting, 1, 10_000_000);
        range(faults, "maxWaiting bytes", maxWaitingBytes, 1, Long.MAX_VALUE);
        if (!credentials.isComplete() || !sentinelCredentials.isComplete()) {
            faults.add("a user needs a password");
        }
    }

    private static void range(List<String> faults, String name, long value, long min, long max) {
        if (value < min || value > max) {
            faults.add(name + " must be " + min + " to " + max);
        }
    }

    /** Milliseconds, or the most there can be: a time of ages must be reported like any other fault. */
    private static long millis(Duration time) {
        try {
            return time.toMillis();
        } catch (ArithmeticException e) {
            return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private @Nullable RedisTls tls(List<String> faults) {
        Path store = trustStore;
        if (!url.tls()) {
            if (store != null || sockets != null) {
                faults.add("a trust store or socket factory needs a URL with TLS, such as rediss://");
            }
            return null;
        }
        if (store == null) {
            return new RedisTls(sockets, verifyHostname);
        }
        if (sockets != null) {
            faults.add("give a trust store or a socket factory, not both");
        }
        try {
            return new RedisTls(RedisTls.trusting(store, trustStorePassword), verifyHostname);
        } catch (IOException | GeneralSecurityException e) {
            faults.add("the trust store " + store + " cannot be read: " + e.getMessage());
            return null;
        }
    }
}
