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

/** Builds a {@link RedisConfig}. A setting here overrides the URL. Not for use by several threads. */
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
            case "replicas" -> replicas = value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : -1;
            case "connectTimeout" -> connectTimeout = time(name, value);
            case "commandTimeout" -> commandTimeout = time(name, value);
            default ->
                urlFaults.add("the parameters of a URL are prefix, connections, replicas, connectTimeout,"
                        + " commandTimeout");
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

    /** The ACL user; by default the user {@code default}. */
    public RedisConfigBuilder username(String value) {
        credentials = credentials.withUsername(value);
        return this;
    }

    /** The password. */
    public RedisConfigBuilder password(String value) {
        return password(() -> value);
    }

    /**
     * Supplies the password. Every new connection calls it on its own thread, so the password may change over time.
     * While the supplier throws, there are no new connections. The message of its exception is not logged.
     */
    public RedisConfigBuilder password(Supplier<String> value) {
        credentials = credentials.withPassword(value);
        return this;
    }

    /** The login at the sentinels; by default none. The user may be null. */
    public RedisConfigBuilder sentinelLogin(@Nullable String username, String password) {
        sentinelCredentials = RedisLogin.of(username, password);
        return this;
    }

    /** Makes the sockets for TLS, and decides which certificates to trust. The default is the factory of the JDK. */
    public RedisConfigBuilder sslSocketFactory(SSLSocketFactory value) {
        sockets = value;
        return this;
    }

    /** The file with the trusted certificates, in PKCS12 or JKS format. {@link #build} reads it. */
    public RedisConfigBuilder trustStore(Path file, String password) {
        trustStore = file;
        trustStorePassword = password.toCharArray();
        return this;
    }

    /**
     * Whether the certificate must match the host in the URL; default true. With false, TLS does not stop an attacker.
     */
    public RedisConfigBuilder verifyHostname(boolean value) {
        verifyHostname = value;
        return this;
    }

    /** The prefix of all keys and channels; default {@code chat}. All nodes of one chat need the same prefix. */
    public RedisConfigBuilder keyPrefix(String value) {
        keyPrefix = value;
        return this;
    }

    /** The number of connections to each server, 1 to 16; default 1, which is the fastest on most machines. */
    public RedisConfigBuilder connections(int value) {
        connections = value;
        return this;
    }

    /** The timeout for each step of a new connection (connect, log in): 1 ms to 60 s, default 1 s. */
    public RedisConfigBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /** The time after which a command without a reply fails with {@code unavailable}: 10 ms to 60 s, default 3 s. */
    public RedisConfigBuilder commandTimeout(Duration value) {
        commandTimeout = value;
        return this;
    }

    /** The largest number of commands that may wait for replies, and of their bytes; default 65 536 and 64 MiB. */
    public RedisConfigBuilder maxWaiting(int commands, long bytes) {
        maxWaiting = commands;
        maxWaitingBytes = bytes;
        return this;
    }

    /** The name of this node's connections in {@code CLIENT LIST}; default {@code webchat}. */
    public RedisConfigBuilder clientName(String value) {
        clientName = value;
        return this;
    }

    /**
     * The number of replicas that must have the writes of a command before it succeeds: 0 to 10, default 0. An
     * acknowledged message then survives the sudden death of the master, if one of these replicas takes over.
     *
     * <p>If fewer replicas confirm within half of the command timeout, commands fail with {@code unavailable}, but may
     * have taken effect. So with 1, all commands fail while there is no replica.
     */
    public RedisConfigBuilder replicas(int value) {
        replicas = value;
        return this;
    }

    /**
     * Checks all settings and builds the configuration.
     *
     * @throws IllegalArgumentException if settings are wrong; the message names every fault and repeats no part of the
     *     URL
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

    /** Milliseconds, or the largest number for a duration that is too long, so that it is reported as out of range. */
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
