package io.webchat.redis.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A cluster of three masters with a third of the slots each. Each master may have a replica. A silent node counts as
 * dead after two seconds, or after one second in a cluster with replicas. While any slot has no master, the cluster
 * answers no command (the default of Redis). Nodes are numbered: the masters are 0, 1 and 2, and node {@code i + 3} is
 * the replica of master {@code i}. Methods may be called by any thread.
 *
 * <pre>{@code
 * try (ClusterSetup cluster = ClusterSetup.start()) {
 *     int owner = cluster.ownerOf(42);
 *     cluster.migrateSlot(42, owner, (owner + 1) % 3);
 * }
 * }</pre>
 */
public final class ClusterSetup implements AutoCloseable {
    /** The number of slots of a cluster. */
    public static final int SLOTS = 16_384;

    private static final int NOBODY = -1;

    private static final int MASTERS = 3;

    private final RedisServerBuilder kind;
    private final List<RedisServer> nodes = new ArrayList<>();

    private ClusterSetup(RedisServerBuilder kind, boolean replicas) {
        this.kind = kind.cluster().config("cluster-node-timeout " + (replicas ? 1000 : 2000));
    }

    /** Starts three masters without replicas and passwords. */
    public static ClusterSetup start() {
        return start(RedisServer.builder(), false);
    }

    /** Starts nodes of this kind (without TLS), with or without replicas. Returns when the cluster is in order. */
    public static ClusterSetup start(RedisServerBuilder kind, boolean replicas) {
        ClusterSetup cluster = new ClusterSetup(kind.copy(), replicas);
        try {
            cluster.startNodes(replicas ? 2 * MASTERS : MASTERS);
            cluster.assignSlots();
            cluster.meet();
            cluster.replicate();
            cluster.awaitOk();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(kind.start());
        }
    }

    private void assignSlots() {
        for (int i = 0; i < MASTERS; i++) {
            int first = i * SLOTS / MASTERS;
            int last = (i + 1) * SLOTS / MASTERS - 1;
            nodes.get(i).command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
        }
    }

    private void meet() {
        for (int i = 0; i < nodes.size(); i++) {
            // Masters that start with the same epoch would first have to resolve that conflict.
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            for (RedisServer earlier : nodes.subList(0, i)) {
                nodes.get(i)
                        .command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(earlier.port()), busPort(earlier));
            }
        }
        Eventually.await("all nodes know each other").until(() -> nodes.stream().allMatch(this::knowsAll));
    }

    private static String busPort(RedisServer node) {
        List<?> setting = (List<?>) Objects.requireNonNull(node.command("CONFIG", "GET", "cluster-port"));
        return setting.get(1).toString();
    }

    /** Whether the node has finished its handshakes; a node in a handshake has no role yet. */
    private boolean knowsAll(RedisServer node) {
        String known = String.valueOf(node.command("CLUSTER", "NODES"));
        return known.lines().count() == nodes.size() && !known.contains("handshake");
    }

    private void replicate() {
        List<RedisServer> replicas = nodes.subList(MASTERS, nodes.size());
        for (int i = 0; i < replicas.size(); i++) {
            replicas.get(i).command("CLUSTER", "REPLICATE", SlotMigration.idOf(nodes.get(i)));
        }
        Eventually.await("all replicas have their copy and all nodes know them")
                .until(() -> replicas.stream()
                                .allMatch(
                                        it -> "up".equals(it.info("replication").get("master_link_status")))
                        && nodes.stream().allMatch(it -> replicasKnownTo(it) == replicas.size()));
    }

    private static long replicasKnownTo(RedisServer node) {
        return String.valueOf(node.command("CLUSTER", "NODES"))
                .lines()
                .filter(line -> line.contains("slave"))
                .count();
    }

    /** Waits until every running node says that all slots are served. Needed after a restart of a node. */
    public void awaitOk() {
        Eventually.await("all nodes find the cluster in order")
                .until(() -> nodes.stream().filter(RedisServer::isRunning).allMatch(ClusterSetup::isOk));
    }

    private static String epoch(RedisServer node) {
        return RedisEndpoint.parsed(node.command("CLUSTER", "INFO")).getOrDefault("cluster_current_epoch", "");
    }

    private static boolean isOk(RedisServer node) {
        Map<String, String> info = RedisEndpoint.parsed(node.command("CLUSTER", "INFO"));
        return "ok".equals(info.get("cluster_state")) && Integer.toString(SLOTS).equals(info.get("cluster_slots_ok"));
    }

    /** {@code redis-cluster://[user:password@]host:port,host:port,host:port}, naming the first three nodes. */
    public String url() {
        return "redis-cluster://" + kind.credentials()
                + nodes.subList(0, MASTERS).stream()
                        .map(it -> "127.0.0.1:" + it.port())
                        .collect(Collectors.joining(","));
    }

    /** The node with this index. */
    public RedisServer node(int index) {
        return nodes.get(index);
    }

    /** All nodes, by index. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** The index of the slot's owner according to the first running node; -1 if it knows none. */
    public int ownerOf(int slot) {
        return ownerOf(
                slot, nodes.stream().filter(RedisServer::isRunning).findFirst().orElseThrow());
    }

    private int ownerOf(int slot, RedisServer asked) {
        List<?> ranges = (List<?>) Objects.requireNonNull(asked.command("CLUSTER", "SLOTS"));
        for (Object each : ranges) {
            // First slot, last slot, owner (host, port, ...), replicas.
            List<?> range = (List<?>) each;
            if ((Long) range.get(0) <= slot && slot <= (Long) range.get(1)) {
                return indexOf((Long) ((List<?>) range.get(2)).get(1));
            }
        }
        return NOBODY;
    }

    private int indexOf(long port) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).port() == port) {
                return i;
            }
        }
        throw new IllegalStateException("No node listens on port " + port);
    }

    /** Moves a slot with its keys from one master to another while clients use it. Returns when all masters agree. */
    public void migrateSlot(int slot, int fromIndex, int toIndex) {
        migrateSlot(slot, fromIndex, toIndex, step -> {});
    }

    /**
     * As {@link #migrateSlot(int, int, int)}, ten keys at a time. Calls the hook after each step in the calling thread;
     * the migration stands still until the hook returns.
     */
    public void migrateSlot(int slot, int fromIndex, int toIndex, Consumer<MigrationStep> hook) {
        List<RedisServer> masters = nodes.stream()
                .filter(RedisServer::isRunning)
                .filter(it -> "master".equals(it.info("replication").get("role")))
                .collect(Collectors.toList());
        // A new owner claims the slot with a new epoch. If the owner has not heard of the highest epoch, its own is too
        // low: it loses the slot to an older claim that is under way, and deletes the keys.
        Eventually.await("all masters know the highest epoch")
                .until(() ->
                        masters.stream().map(ClusterSetup::epoch).distinct().count() == 1);
        SlotMigration migration = new SlotMigration(node(fromIndex), node(toIndex), slot, kind.migrateLogin(), hook);
        migration.run(masters);
        // If slots move in quick succession, a node may believe an older claim that was still under way. Two nodes then
        // name each other as the owner for ever. Redis leaves it to its operator to check that all masters agree.
        Eventually.await("all masters agree on the owner of slot " + slot).until(() -> {
            List<RedisServer> others = masters.stream()
                    .filter(each -> ownerOf(slot, each) != toIndex)
                    .collect(Collectors.toList());
            migration.tell(others);
            return others.isEmpty();
        });
    }

    /** Restarts all nodes without their data but with their slots. Returns when the cluster is in order. */
    public void loseData() {
        nodes.forEach(RedisServer::kill);
        nodes.forEach(RedisServer::restartEmpty);
        awaitOk();
    }

    /** Kills all nodes and deletes their files. */
    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
