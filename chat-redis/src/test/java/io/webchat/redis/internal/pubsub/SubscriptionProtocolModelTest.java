package io.webchat.redis.internal.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.webchat.redis.internal.client.ServerConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Random orders of subscriptions, cancellations, replies and lost connections end in the wanted subscriptions. */
@Tag("model")
final class SubscriptionProtocolModelTest {
    private static final int CHANNELS = 5;
    private static final int STEPS = 20_000;

    /** One command for one channel; for a PING the channel is empty. */
    private record Word(String command, String channel) {}

    private static final class Model implements ChannelSubscriber.Owner {
        final Random random;
        final SubscriptionProtocol subscriptions = new SubscriptionProtocol(PubSubMode.PLAIN, this);
        final ServerConnection wire = mock(ServerConnection.class);
        final Set<String> wanted = new HashSet<>();
        final Map<String, Integer> missed = new HashMap<>();
        final List<CompletableFuture<Void>> stages = new ArrayList<>();
        final Deque<Word> toServer = new ArrayDeque<>();
        final Deque<Word> toClient = new ArrayDeque<>();
        final Set<String> atServer = new HashSet<>();
        boolean connected;

        Model(long seed) {
            random = new Random(seed);
        }

        @Override
        public boolean wanted(String channel) {
            return wanted.contains(channel);
        }

        @Override
        public void message(String channel, byte[] payload) {
            throw new AssertionError("messages do not come this way");
        }

        @Override
        public void resubscribed(String channel) {
            assertStands(channel);
            missed.put(channel, 0);
        }

        @Override
        public void notServed(String channel, @Nullable JedisDataException why) {
            throw new AssertionError("this server serves everything");
        }

        /** The server has the channel, and no command under way unsubscribes it. */
        void assertStands(String channel) {
            assertThat(atServer).contains(channel);
            assertThat(toServer).doesNotContain(new Word("UNSUBSCRIBE", channel));
        }

        void step() throws InterruptedException {
            String channel = "c" + random.nextInt(CHANNELS);
            switch (random.nextInt(12)) {
                case 0, 1 -> join(channel);
                case 2, 3 -> leave(channel);
                case 4, 5 -> write();
                case 6, 7, 8 -> serve();
                case 9, 10 -> read();
                default -> connectOrLose();
            }
        }

        void join(String channel) {
            wanted.add(channel);
            stages.add(subscriptions.join(channel).whenComplete((done, failure) -> {
                if (failure == null) {
                    assertStands(channel);
                    if (wanted.contains(channel)) {
                        missed.putIfAbsent(channel, 0);
                    }
                } else {
                    assertThat(wanted).doesNotContain(channel);
                }
            }));
        }

        void leave(String channel) {
            wanted.remove(channel);
            missed.remove(channel);
            stages.add(subscriptions.leave(channel).whenComplete((done, failure) -> {
                assertThat(failure).isNull();
                if (!wanted.contains(channel) && connected) {
                    assertThat(atServer).doesNotContain(channel);
                    assertThat(toServer).doesNotContain(new Word("SUBSCRIBE", channel));
                }
            }));
        }

        void write() throws InterruptedException {
            if (!connected) {
                return;
            }
            for (CommandArguments each :
                    Objects.requireNonNull(subscriptions.next(Duration.ZERO)).commands()) {
                List<String> words = new ArrayList<>();
                for (Rawable part : each) {
                    words.add(new String(part.getRaw(), StandardCharsets.UTF_8));
                }
                List<String> channels = words.size() == 1 ? List.of("") : words.subList(1, words.size());
                channels.forEach(channel -> toServer.add(new Word(words.get(0), channel)));
            }
        }

        void serve() {
            Word next = toServer.poll();
            if (next != null) {
                if (next.command().equals("SUBSCRIBE")) {
                    atServer.add(next.channel());
                } else {
                    atServer.remove(next.channel());
                }
                toClient.add(next);
            }
        }

        void read() {
            Word next = toClient.poll();
            if (next == null) {
                return;
            }
            if (next.command().equals("PING")) {
                subscriptions.pong();
            } else {
                subscriptions.confirmed(next.command().equals("SUBSCRIBE"), next.channel());
                if (next.command().equals("SUBSCRIBE")) {
                    assertThat(missed.getOrDefault(next.channel(), 0))
                            .as("losses without a notification")
                            .isZero();
                }
            }
        }

        void connectOrLose() {
            if (!connected) {
                connected = true;
                subscriptions.connected(wire);
            } else if (random.nextInt(10) == 0) {
                connected = false;
                toServer.clear();
                toClient.clear();
                atServer.clear();
                missed.replaceAll((channel, times) -> times + 1);
                subscriptions.lost();
            }
        }

        void finish() throws InterruptedException {
            if (!connected) {
                connectOrLose();
            }
            for (int round = 0; round < 10; round++) {
                write();
                while (!toServer.isEmpty() || !toClient.isEmpty()) {
                    serve();
                    read();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 20_261_123})
    void every_stage_is_true_and_the_wanted_channels_are_subscribed(long seed) throws InterruptedException {
        Model model = new Model(seed);
        for (int i = 0; i < STEPS; i++) {
            model.step();
        }
        model.finish();

        assertThat(model.atServer).isEqualTo(model.wanted);
        assertThat(model.stages).allSatisfy(each -> assertThat(each).isDone());
        assertThat(model.missed)
                .as("each loss was followed by a notification")
                .allSatisfy((channel, times) -> assertThat(times).isZero());
    }
}
