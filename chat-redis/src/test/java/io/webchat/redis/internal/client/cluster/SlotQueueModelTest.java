package io.webchat.redis.internal.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.internal.client.RedisCommand;
import io.webchat.redis.internal.client.cluster.Redirect.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random migrations of one slot between servers, with calls about one key. The key is on the slot's owner, or already
 * on the importing server. Earlier calls are refused before a server gets the slot back and before the cluster serves
 * again; {@link SlotQueue} says how the order would be lost otherwise.
 */
class SlotQueueModelTest {
    private final FakeCluster cluster = new FakeCluster();
    private final List<FakeCluster.Server> servers = List.of(cluster.server(1), cluster.server(2), cluster.server(3));
    private final List<RedisCommand> submitted = new ArrayList<>();
    private final List<RedisCommand> effects = new ArrayList<>();

    private FakeCluster.Server owner = servers.get(0);
    private FakeCluster.Server importing = servers.get(0);
    private boolean ahead;
    private boolean down;

    static LongStream fewSeeds() {
        return LongStream.range(0, 50);
    }

    static LongStream manySeeds() {
        return LongStream.range(50, 500);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void callsTakeEffectAndCompleteInTheOrderOfSubmission(long seed) {
        run(seed);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("model")
    @Tag("full")
    void callsTakeEffectAndCompleteInTheOrderOfSubmissionForManySeeds(long seed) {
        run(seed);
    }

    private void run(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            step(random);
        }
        turn(false);
        arrive();
        cluster.owner = owner;
        settle();
        assertThat(effects).containsExactlyElementsOf(submitted);
        assertThat(cluster.completed).containsExactlyElementsOf(submitted);
        assertThat(cluster.holding).isEmpty();
    }

    private void step(Random random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> submitted.addAll(cluster.submit(1 + random.nextInt(4)));
            case 3 -> cluster.pass();
            case 4 -> wander(random);
            case 5 -> turn(random.nextInt(3) == 0);
            case 6 -> learn(random);
            case 7 -> giveUp(servers.get(random.nextInt(servers.size())));
            default -> serve(servers.get(random.nextInt(servers.size())));
        }
    }

    private void wander(Random random) {
        if (importing == owner) {
            importing = servers.get(random.nextInt(servers.size()));
        } else if (!ahead) {
            ahead = true;
        } else {
            arrive();
        }
    }

    private void arrive() {
        while (importing != owner && !importing.got.isEmpty()) {
            serve(importing);
        }
        owner = importing;
        ahead = false;
    }

    private void turn(boolean toDown) {
        for (FakeCluster.Server each : servers) {
            while (down && !each.got.isEmpty()) {
                serve(each);
            }
        }
        down = toDown;
    }

    private void learn(Random random) {
        // The topology may be outdated.
        cluster.owner = random.nextInt(4) == 0 ? servers.get(random.nextInt(servers.size())) : owner;
    }

    private void giveUp(FakeCluster.Server server) {
        if (server == owner) {
            return;
        }
        server.gone = true;
        while (!server.got.isEmpty()) {
            cluster.refuse(server, Kind.RETURNED, null);
        }
        server.gone = false;
    }

    private void serve(FakeCluster.Server server) {
        RedisCommand call = server.got.peek();
        if (call == null) {
            return;
        }
        if (down) {
            cluster.refuse(server, Kind.DOWN, null);
        } else if (ahead ? server == importing && call.asking() : server == owner) {
            effects.add(call);
            cluster.carryOut(server);
        } else if (server == owner) {
            cluster.refuse(server, Kind.ASK, importing);
        } else if (server == importing && call.asking()) {
            cluster.refuse(server, Kind.TRY_AGAIN, null);
        } else {
            cluster.refuse(server, Kind.MOVED, owner);
        }
    }

    private void settle() {
        for (int i = 0; i < 10_000 && cluster.completed.size() < submitted.size(); i++) {
            cluster.pass();
            servers.forEach(this::serve);
        }
    }
}
