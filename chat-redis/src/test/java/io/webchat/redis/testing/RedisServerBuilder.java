package io.webchat.redis.testing;

import io.webchat.redis.testing.ServerProcess.NotStarted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configures {@link RedisServer}s. One builder starts any number of servers, each on a port of its own. */
public final class RedisServerBuilder {
    static final int ATTEMPTS = 4;

    private final List<String> lines = new ArrayList<>();
    private List<String> mode = List.of();
    private boolean cluster;
    private boolean tls;
    private @Nullable String user;
    private @Nullable String password;

    RedisServerBuilder() {}

    /** A copy. Changes of one builder do not change the other. */
    RedisServerBuilder copy() {
        RedisServerBuilder copy = new RedisServerBuilder();
        copy.lines.addAll(lines);
        copy.mode = mode;
        copy.cluster = cluster;
        copy.tls = tls;
        copy.user = user;
        copy.password = password;
        return copy;
    }

    /** Clients and replicas log in as the default user, with this password. */
    public RedisServerBuilder password(String value) {
        password = value;
        return this;
    }

    /** Clients and replicas log in as this user, who has all permissions; the default user is switched off. */
    public RedisServerBuilder user(String name, String itsPassword) {
        user = name;
        password = itsPassword;
        return this;
    }

    /** The server speaks TLS only; see {@link RedisServer#trustStore()}. */
    public RedisServerBuilder tls() {
        tls = true;
        return this;
    }

    /** Whether the server writes each change to an append-only file, which it reads after a restart. */
    public RedisServerBuilder appendOnly(boolean value) {
        return config("appendonly " + (value ? "yes" : "no"));
    }

    /** Adds a line to redis.conf, after the builder's own lines: the last line wins. */
    public RedisServerBuilder config(String line) {
        lines.add(line);
        return this;
    }

    RedisServerBuilder cluster() {
        cluster = true;
        return this;
    }

    RedisServerBuilder sentinel() {
        mode = List.of("--sentinel");
        return this;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IllegalStateException with the server's log, if it does not start
     */
    public RedisServer start() {
        ProcessFolder home = new ProcessFolder();
        try {
            return startIn(home);
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private RedisServer startIn(ProcessFolder home) {
        ServerProcess process = new ServerProcess(home, mode);
        TrustStore trusted = tls ? Certificate.shared().trustStore() : null;
        for (int attempt = 1; ; attempt++) {
            int port = Ports.free();
            RedisEndpoint endpoint = RedisEndpoint.at(url(port), trusted);
            process.configure(configFor(port));
            try {
                process.start(endpoint);
                return new RedisServer(home, process, endpoint, port, trusted);
            } catch (NotStarted e) {
                if (!e.portTaken() || attempt == ATTEMPTS) {
                    throw new IllegalStateException(e.getMessage(), e);
                }
            }
        }
    }

    private String url(int port) {
        return (tls ? "rediss://" : "redis://") + credentials() + "127.0.0.1:" + port;
    }

    /** The credentials in a URL: {@code user:password@}, {@code :password@} or empty. */
    String credentials() {
        return password == null ? "" : encoded(user == null ? "" : user) + ":" + encoded(password) + "@";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private List<String> configFor(int port) {
        List<String> config = new ArrayList<>(List.of("bind 127.0.0.1", "protected-mode no"));
        config.add((tls ? "port 0\ntls-port " : "port ") + port);
        if (mode.isEmpty()) {
            // By default a master waits 5 seconds for further replicas before it sends the first copy.
            config.addAll(List.of("save \"\"", "enable-debug-command yes", "repl-diskless-sync-delay 0"));
        }
        if (cluster) {
            // The default, port + 10000, need not be free.
            config.addAll(List.of("cluster-enabled yes", "cluster-port " + Ports.free()));
        }
        if (tls) {
            config.add(
                    "tls-cert-file " + quoted(Certificate.shared().certificate().toString()));
            config.add("tls-key-file " + quoted(Certificate.shared().key().toString()));
            config.add("tls-auth-clients no");
        }
        addLogin(config);
        config.addAll(lines);
        return config;
    }

    private void addLogin(List<String> config) {
        if (password == null) {
            return;
        }
        if (user == null) {
            config.add("requirepass " + quoted(password));
        } else {
            config.add("user default off");
            config.add("user " + quoted(user) + " on " + quoted(">" + password) + " ~* &* +@all");
            config.add("masteruser " + quoted(user));
        }
        config.add("masterauth " + quoted(password));
    }

    /** The arguments of MIGRATE that log in at the other server. */
    List<String> migrateLogin() {
        if (password == null) {
            return List.of();
        }
        return user == null ? List.of("AUTH", password) : List.of("AUTH2", user, password);
    }

    /** The lines of a sentinel's configuration that log in at the watched servers. */
    List<String> sentinelLogin(String masterName) {
        List<String> config = new ArrayList<>();
        if (user != null) {
            config.add("sentinel auth-user " + masterName + " " + quoted(user));
        }
        if (password != null) {
            config.add("sentinel auth-pass " + masterName + " " + quoted(password));
        }
        return config;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
