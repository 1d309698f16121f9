package io.webchat.redis.faults;

import io.webchat.redis.testing.RedisServer;
import io.webchat.redis.testing.RedisServers;
import io.webchat.redis.testing.TcpProxy;
import io.webchat.redis.testing.TcpProxy.Direction;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations between two nodes survive every fault of the network between one node and Redis. */
@ExtendWith(RedisServers.class)
@Tag("fault")
final class NetworkFaultsTest extends FaultsFixture {
    private static final int KINDS = 5;

    private static void harm(TcpProxy proxy, int kind, Random random) {
        switch (kind) {
            case 0 -> proxy.cutAll();
            case 1 -> proxy.delay(Duration.ofMillis(50));
            case 2 -> proxy.closeAfter(Direction.TO_CLIENT, 2000 + random.nextInt(2000));
            case 3 -> proxy.blackHole(Direction.TO_CLIENT);
            default -> proxy.refuse();
        }
    }

    /** Half of the faults last longer than a command may take. */
    private static Duration duration(Random random) {
        return Duration.ofMillis(100 + random.nextInt(800));
    }

    @Test
    void G3_G9_eachNetworkFaultLosesNoMessage(RedisServer redis) {
        Random random = new Random(1);
        TcpProxy proxy = opened(TcpProxy.to("127.0.0.1", redis.port()));
        ChatTraffic traffic = traffic(impatient(through(proxy)), impatient(redis.url()));
        for (int kind = 0; kind < KINDS; kind++) {
            harm(proxy, kind, random);
            pause(duration(random));
            proxy.heal();
            traffic.flows(5);
        }

        traffic.assertNothingLost();
    }

    @Test
    @Tag("model")
    @Tag("full")
    void G3_G9_randomNetworkFaultsLoseNoMessage(RedisServer redis) {
        Random random = new Random(System.nanoTime());
        TcpProxy proxy = opened(TcpProxy.to("127.0.0.1", redis.port()));
        ChatTraffic traffic = traffic(impatient(through(proxy)), impatient(redis.url()));
        for (int i = 0; i < 20; i++) {
            harm(proxy, random.nextInt(KINDS), random);
            pause(duration(random));
            proxy.heal();
            traffic.flows(10);
        }

        traffic.assertNothingLost();
    }
}
