package io.webchat.redis.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A master, its replicas (one by default), and three sentinels that watch them. A master is down when two sentinels
 * had no answer from it for a second. The sentinels ask for no password. Methods may be called by any thread.
 *
 * <pre>{@code
 * try (SentinelSetup setup = SentinelSetup.start()) {
 *     RedisServer old = setup.killMaster();
 *     RedisServer promoted = setup.awaitMasterOtherThan(old);
 * }
 * }</pre>
 */
public final class SentinelSetup implements AutoCloseable {
    private static final String MASTER_NAME = "mymaster";
    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;

    /**
     * In milliseconds. By default sentinels learn of each other after 4 seconds and ask each other once a second. A
     * sentinel that a busy machine delayed for 2 seconds does nothing for 30 seconds by default.
     */
    private static final Map<String, String> PERIODS = Map.of(
            "publish-period",
            "200",
            "info-period",
            "300",
            "ping-period",
            "200",
            "ask-period",
            "200",
            "tilt-period",
            "1000");

    private final RedisServerBuilder kind;
    private final int replicas;
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private SentinelSetup(RedisServerBuilder kind, int replicas) {
        this.kind = kind;
        this.replicas = replicas;
    }

    /** As {@link #start(RedisServerBuilder)}, with servers that ask for no password. */
    public static SentinelSetup start() {
        return start(RedisServer.builder());
    }

    /** As {@link #start(RedisServerBuilder, int)}, with one replica. */
    public static SentinelSetup start(RedisServerBuilder kind) {
        return start(kind, 1);
    }

    /**
     * Starts a master and this number of replicas of this kind (without TLS), and the sentinels. Returns when the
     * sentinels know all servers.
     */
    public static SentinelSetup start(RedisServerBuilder kind, int replicas) {
        SentinelSetup setup = new SentinelSetup(kind.copy(), replicas);
        try {
            setup.startServers();
            setup.startSentinels();
            setup.awaitAcquaintance();
            return setup;
        } catch (RuntimeException e) {
            setup.close();
            throw e;
        }
    }

    private void startServers() {
        RedisServer master = kind.start();
        servers.add(master);
        for (int i = 0; i < replicas; i++) {
            startReplica(master);
        }
    }

    private void startReplica(RedisServer master) {
        RedisServer replica = kind.start();
        servers.add(replica);
        replica.command("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
        replica.command("CONFIG", "REWRITE");
        Eventually.await("the replica has a copy of the data")
                .until(() -> "up".equals(replica.info("replication").get("master_link_status")));
    }

    private void startSentinels() {
        RedisServerBuilder sentinel = RedisServer.builder()
                .sentinel()
                .config("sentinel monitor " + MASTER_NAME + " 127.0.0.1 "
                        + servers.get(0).port() + " " + QUORUM)
                .config("sentinel down-after-milliseconds " + MASTER_NAME + " 1000")
                .config("sentinel failover-timeout " + MASTER_NAME + " 3000");
        kind.sentinelLogin(MASTER_NAME).forEach(sentinel::config);
        for (int i = 0; i < SENTINELS; i++) {
            RedisServer started = sentinel.start();
            sentinels.add(started);
            List<String> periods = new ArrayList<>(List.of("DEBUG"));
            PERIODS.forEach((name, millis) -> periods.addAll(List.of(name, millis)));
            started.command("SENTINEL", periods.toArray(String[]::new));
        }
    }

    private void awaitAcquaintance() {
        Eventually.await("all sentinels know the replicas and each other")
                .until(() -> sentinels.stream().allMatch(this::knowsEveryone));
    }

    private boolean knowsEveryone(RedisServer sentinel) {
        List<?> pairs = (List<?>) Objects.requireNonNull(sentinel.command("SENTINEL", "MASTER", MASTER_NAME));
        List<String> words = pairs.stream().map(Object::toString).collect(Collectors.toList());
        Map<String, String> wanted = Map.of(
                "num-slaves",
                Integer.toString(replicas),
                "num-other-sentinels",
                Integer.toString(SENTINELS - 1),
                "flags",
                "master");
        return wanted.entrySet().stream()
                .allMatch(entry -> words.indexOf(entry.getKey()) >= 0
                        && words.get(words.indexOf(entry.getKey()) + 1).equals(entry.getValue()));
    }

    /** The name of the master in the sentinels' configuration. */
    public String masterName() {
        return MASTER_NAME;
    }

    /**
     * {@code redis-sentinel://[user:password@]host:port,host:port,host:port/mymaster}, with the servers' credentials.
     */
    public String url() {
        return "redis-sentinel://" + kind.credentials()
                + sentinels.stream().map(it -> "127.0.0.1:" + it.port()).collect(Collectors.joining(","))
                + "/" + MASTER_NAME;
    }

    /** The sentinels. Two of them are enough for a failover. */
    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** The server that the sentinels call the master, dead or alive. */
    public RedisServer master() {
        return serverAt(agreedPorts().iterator().next());
    }

    /** The first replica. */
    public RedisServer replica() {
        return replicas().get(0);
    }

    /** All servers but the master. */
    public List<RedisServer> replicas() {
        RedisServer master = master();
        return servers.stream().filter(it -> it != master).collect(Collectors.toList());
    }

    /** Ends the master with SIGKILL and returns it. */
    public RedisServer killMaster() {
        RedisServer master = master();
        master.kill();
        return master;
    }

    /** Waits until all running sentinels name the same other server, and that server is a master. */
    public RedisServer awaitMasterOtherThan(RedisServer old) {
        Eventually.await("the sentinels agree on another master").until(() -> {
            Set<Integer> ports = agreedPorts();
            return ports.size() == 1 && !ports.contains(old.port()) && isMaster(master());
        });
        return master();
    }

    private static boolean isMaster(RedisServer server) {
        return server.isRunning() && "master".equals(server.info("replication").get("role"));
    }

    private Set<Integer> agreedPorts() {
        Set<Integer> ports = new HashSet<>();
        for (RedisServer sentinel : sentinels) {
            if (sentinel.isRunning()) {
                List<?> address = (List<?>)
                        Objects.requireNonNull(sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME));
                ports.add(Integer.parseInt(address.get(1).toString()));
            }
        }
        return ports;
    }

    private RedisServer serverAt(int port) {
        return servers.stream().filter(it -> it.port() == port).findFirst().orElseThrow();
    }

    /** Kills all servers and deletes their files. */
    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.forEach(RedisServer::close);
    }
}
