package io.webchat.redis.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Moves one slot of a cluster from one master to another while clients use it, in the same steps as redis-cli. */
final class SlotMigration {
    /** Small, so that a test can stop between two batches. */
    private static final String BATCH_KEYS = "10";

    private final RedisServer from;
    private final RedisServer to;
    private final String slot;
    private final List<String> login;
    private final Consumer<MigrationStep> hook;

    SlotMigration(RedisServer from, RedisServer to, int slot, List<String> login, Consumer<MigrationStep> hook) {
        this.from = from;
        this.to = to;
        this.slot = Integer.toString(slot);
        this.login = login;
        this.hook = hook;
    }

    /** Moves the slot and tells these masters the new owner; otherwise they would learn it from their peers later. */
    void run(List<RedisServer> masters) {
        setSlot(to, "IMPORTING", idOf(from));
        hook.accept(MigrationStep.IMPORTING);
        setSlot(from, "MIGRATING", idOf(to));
        hook.accept(MigrationStep.MIGRATING);
        moveKeys();
        String owner = idOf(to);
        // The new owner first: the other order would leave a slot without owner if this ended half-way.
        setSlot(to, "NODE", owner);
        hook.accept(MigrationStep.ASSIGNED);
        setSlot(from, "NODE", owner);
        tell(masters.stream().filter(it -> it != from && it != to).toList());
    }

    /** Tells these masters the new owner. */
    void tell(List<RedisServer> masters) {
        masters.forEach(it -> setSlot(it, "NODE", idOf(to)));
    }

    private void moveKeys() {
        List<?> keys = nextKeys();
        while (!keys.isEmpty()) {
            List<String> move = new ArrayList<>(List.of("127.0.0.1", Integer.toString(to.port()), "", "0", "5000"));
            move.addAll(login);
            move.add("KEYS");
            keys.forEach(key -> move.add(key.toString()));
            from.command("MIGRATE", move.toArray(String[]::new));
            hook.accept(MigrationStep.BATCH_MOVED);
            keys = nextKeys();
        }
    }

    private List<?> nextKeys() {
        return (List<?>) Objects.requireNonNull(from.command("CLUSTER", "GETKEYSINSLOT", slot, BATCH_KEYS));
    }

    private void setSlot(RedisServer node, String state, String id) {
        node.command("CLUSTER", "SETSLOT", slot, state, id);
    }

    static String idOf(RedisServer node) {
        return String.valueOf(node.command("CLUSTER", "MYID"));
    }
}
