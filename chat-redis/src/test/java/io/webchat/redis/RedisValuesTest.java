package io.webchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisEndpoint;
import io.webchat.redis.testing.RedisServers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shared values: the first added value wins, on all nodes. */
@ExtendWith(RedisServers.class)
class RedisValuesTest {
    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void theFirstAddedValueIsKept(RedisEndpoint redis) throws Exception {
        String name = "first-" + System.nanoTime();
        try (RedisConnections connections = RedisConnections.open(redis.url())) {
            RedisValues values = new RedisValues(connections);
            assertThat(get(values.find(name))).isEmpty();

            assertThat(get(values.add(name, "größer"))).isTrue();
            assertThat(get(values.add(name, "other"))).isFalse();

            assertThat(get(values.find(name))).hasValue("größer");
            assertThat(redis.command("PTTL", "chat:v:" + name)).isEqualTo(-1L);
        }
    }

    @Test
    void onlyTheExpectedValueIsReplaced(RedisEndpoint redis) throws Exception {
        String name = "replaced-" + System.nanoTime();
        try (RedisConnections connections = RedisConnections.open(redis.url())) {
            RedisValues values = new RedisValues(connections);
            assertThat(get(values.replace(name, "", "größer"))).as("no value").isFalse();
            get(values.add(name, "größer"));

            assertThat(get(values.replace(name, "grösser", "other"))).isFalse();
            assertThat(get(values.find(name))).hasValue("größer");
            assertThat(get(values.replace(name, "größer", "am größten"))).isTrue();
            assertThat(get(values.replace(name, "größer", "am größten")))
                    .as("a repetition")
                    .isTrue();
            assertThat(get(values.find(name))).hasValue("am größten");
        }
    }

    @Test
    void onlyOneOfManyNodesAddsAValue(RedisEndpoint redis) throws Exception {
        String name = "race-" + System.nanoTime();
        try (RedisConnections one = RedisConnections.open(redis.url());
                RedisConnections two = RedisConnections.open(redis.url())) {
            List<RedisValues> nodes = List.of(new RedisValues(one), new RedisValues(two));
            List<CompletableFuture<Boolean>> rivals = IntStream.range(0, 50)
                    .mapToObj(i -> nodes.get(i % 2).add(name, "v" + i).toCompletableFuture())
                    .toList();

            List<Integer> winners = IntStream.range(0, 50)
                    .filter(i -> rivals.get(i).orTimeout(30, TimeUnit.SECONDS).join())
                    .boxed()
                    .toList();

            assertThat(winners).hasSize(1);
            assertThat(get(nodes.get(1).find(name))).hasValue("v" + winners.get(0));
        }
    }
}
