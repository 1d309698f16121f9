package io.webchat.core.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.Faults.Fault;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole engine against its promises: three users with two devices each do at random whatever clients do, on
 * three nodes, from two threads, while every step of every backend fails, answers late or loses its answer. Then
 * everything heals, and all that was promised must have come true. A failure names its seed; threads take part,
 * so the seed alone may not repeat it.
 */
public class EngineModelTest extends EngineSuite {
    private static final List<String> USERS = List.of("alice", "bob", "carol");

    private final List<ModelDevice> devices = USERS.stream()
            .flatMap(user -> Stream.of(new ModelDevice(user, "phone"), new ModelDevice(user, "laptop")))
            .toList();

    static Stream<Long> seeds() {
        return new Random().longs(5).boxed();
    }

    @Test
    void G1_G2_G3_G4_G5_G6_G9_G11_everyPromiseHoldsInAShortRun() {
        run(new Random().nextLong(), 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("model")
    @Tag("full")
    void G1_G2_G3_G4_G5_G6_G9_G11_everyPromiseHoldsInALongRun(long seed) {
        run(seed, 600);
    }

    /** Each of two threads takes so many steps, or fewer on a slow backend; about half of the steps send. */
    private void run(long seed, int most) {
        Random random = new Random(seed);
        int window = 1 + random.nextInt(4);
        try (TestCluster cluster = cluster()) {
            List<Chat> nodes = Stream.generate(() -> cluster.node(builder -> builder.config(
                            cluster.impatientConfig().window(window).build())))
                    .limit(3)
                    .toList();
            // Twice, so that each knows that its user has another device.
            Stream.concat(devices.stream(), devices.stream()).forEach(each -> openAgain(each, nodes.get(0)));
            fail(cluster, new Random(seed + 1));
            int steps = Math.min(most, cluster.burst() * 6 / 10);
            CompletableFuture<Void> other =
                    CompletableFuture.runAsync(() -> live(steps, nodes, new Random(seed + 2), 1));
            live(steps, nodes, new Random(seed + 3), 0);
            other.join();

            Chat patient = cluster.node();
            heal(cluster, patient);

            await("seed " + seed).untilAsserted(() -> {
                devices.forEach(ModelDevice::resendRefused);
                devices.forEach(ModelDevice::answerAll);
                allCameTrue(cluster, patient);
            });
            lookBack();
            devices.forEach(ModelDevice::leave);
            USERS.forEach(user -> await().until(() -> !TestClient.join(cluster.router.isOnline(UserId.of(user)))));
        }
    }

    /** A busy machine may be slower than the short time-out. */
    private static void openAgain(ModelDevice device, Chat node) {
        await().ignoreException(ChatException.class).until(() -> TestClient.join(device.open(node)), opened -> true);
    }

    private static void fail(TestCluster cluster, Random random) {
        List<Faults> all = List.of(
                cluster.queue.attaching,
                cluster.queue.messages,
                cluster.queue.receipts,
                cluster.queue.reading,
                cluster.queue.confirming,
                cluster.callLog.writing,
                cluster.callLog.marking,
                cluster.router.publishing);
        all.forEach(each -> each.randomly(() -> switch (random.nextInt(40)) {
            case 0, 1 -> Fault.REFUSE;
            case 2, 3 -> Fault.LOSE_ANSWER;
            case 4 -> Fault.HANG;
            case 5, 6, 7, 8, 9, 10, 11, 12 -> Fault.LATE;
            default -> Fault.NONE;
        }));
        cluster.router.lose(envelope -> random.nextInt(10) == 0);
    }

    /** Each device sends from one thread only, or its messages had no order. */
    private void live(int steps, List<Chat> nodes, Random random, int half) {
        for (int i = 0; i < steps; i++) {
            ModelDevice device = devices.get(random.nextInt(devices.size()));
            UserId to = UserId.of(USERS.get(random.nextInt(USERS.size())));
            switch (random.nextInt(20)) {
                case 0 -> device.leave();
                case 1, 2 -> device.open(nodes.get(random.nextInt(nodes.size())));
                case 3, 4 -> device.writable(random.nextInt(3) > 0);
                case 5 -> device.resend();
                case 6, 7, 8, 9, 10, 11 -> device.answerOne(random);
                case 12 -> device.answerAll();
                default ->
                    devices.get(random.nextInt(devices.size() / 2) * 2 + half).send(to);
            }
        }
    }

    private void heal(TestCluster cluster, Chat node) {
        List.of(
                        cluster.queue.attaching,
                        cluster.queue.messages,
                        cluster.queue.receipts,
                        cluster.queue.reading,
                        cluster.queue.confirming,
                        cluster.callLog.writing,
                        cluster.callLog.marking,
                        cluster.router.publishing)
                .forEach(Faults::heal);
        cluster.router.lose(envelope -> false);
        // Sessions that were opening during the failures open or end within the time-out. Only then the next one is the
        // last one.
        await().until(() -> devices.stream().noneMatch(ModelDevice::opening));
        for (ModelDevice each : devices) {
            TestClient.join(each.open(node));
            each.writable(true);
        }
    }

    private void allCameTrue(TestCluster cluster, Chat node) {
        Set<String> acked = new HashSet<>();
        for (ModelDevice each : devices) {
            assertThat(each.session()).as("session of %s", each).isNotNull();
            assertThat(each.unackedCount()).as("unacknowledged by %s", each).isZero();
            acked.addAll(each.look(it -> it.acked));
        }
        devices.forEach(each -> reached(each, acked));
        devices.forEach(this::receipts);
        statuses(node);
        USERS.forEach(user -> assertThat(TestClient.join(cluster.queue.read(UserId.of(user), 0, 10))
                        .events())
                .as("left in the queue of %s", user)
                .isEmpty());
    }

    /** Every message to or from its user must have reached the device, except those it sent itself to others. */
    private void reached(ModelDevice device, Set<String> acked) {
        Set<String> expected = new HashSet<>();
        for (String each : acked) {
            boolean toUser = each.contains("-" + device.user + "-");
            boolean ofUser = each.startsWith(device.user + "/");
            if (toUser || (ofUser && !each.startsWith(device.user + "/" + device.device))) {
                expected.add(each);
            }
        }
        assertThat(device.missing(expected)).as("never reached %s", device).isEmpty();
    }

    private void receipts(ModelDevice device) {
        Map<String, EventKind> seen = device.look(it -> new HashMap<>(it.receipts));
        Set<String> displayed = displayed();
        for (ModelDevice author : devices) {
            if (author.user.equals(device.user)) {
                for (String each : author.look(it -> List.copyOf(it.acked))) {
                    EventKind kind = seen.get(each.substring(each.indexOf('/') + 1));
                    assertThat(kind).as("receipt for %s at %s", each, device).isNotNull();
                    if (displayed.contains(each)) {
                        assertThat(kind)
                                .as("receipt for %s at %s", each, device)
                                .isEqualTo(EventKind.DISPLAY);
                    }
                }
            }
        }
    }

    private Set<String> displayed() {
        Set<String> displayed = new HashSet<>();
        devices.forEach(each -> displayed.addAll(each.look(it -> Set.copyOf(it.displayed))));
        return displayed;
    }

    private void statuses(Chat node) {
        Set<String> displayed = displayed();
        Set<String> logged = new HashSet<>();
        for (String one : USERS) {
            for (String other : USERS) {
                for (LoggedMessage each : history(node, UserId.of(one), UserId.of(other))) {
                    String key = ModelDevice.key(each.message());
                    logged.add(key);
                    assertThat(each.status())
                            .as("status of %s", key)
                            .isGreaterThanOrEqualTo(
                                    displayed.contains(key) ? MessageStatus.DISPLAYED : MessageStatus.DELIVERED);
                }
            }
        }
        devices.forEach(each -> assertThat(logged).containsAll(each.look(it -> Set.copyOf(it.acked))));
    }

    private static List<LoggedMessage> history(Chat node, UserId one, UserId other) {
        List<LoggedMessage> all = new ArrayList<>();
        String cursor = "";
        do {
            var page = TestClient.join(node.callLogs().messages(one, ConversationId.direct(one, other), 200, cursor));
            all.addAll(page.items());
            cursor = page.next().orElse("");
        } while (!cursor.isEmpty());
        return all;
    }

    /** Checks the order of the events, and events that must never have been seen. */
    private void lookBack() {
        for (ModelDevice device : devices) {
            List<String> violations = device.look(it -> List.copyOf(it.violations));
            assertThat(violations).as("seen by %s", device).isEmpty();
            List<String> got = device.look(it -> List.copyOf(it.got));
            for (ModelDevice author : devices) {
                author.look(it -> List.copyOf(it.ackedAtOnce.values())).forEach(sent -> inOrder(got, sent, device));
            }
        }
    }

    private static void inOrder(List<String> got, List<String> sent, ModelDevice device) {
        for (String user : USERS) {
            Set<String> toUser = Set.copyOf(sent.stream()
                    .filter(each -> each.contains("-" + user + "-"))
                    .toList());
            List<Integer> arrived = got.stream()
                    .filter(toUser::contains)
                    .map(each -> Integer.valueOf(each.substring(each.lastIndexOf('-') + 1)))
                    .toList();
            assertThat(arrived).as("order at %s", device).isSorted();
        }
    }
}
