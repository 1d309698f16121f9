package io.webchat.core.engine.rooms;

import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatObserver;
import io.webchat.core.engine.MemoryBackends;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In a large room whose members come and go, a {@code gap} tells of a queue at its bound and of nothing else. */
final class RoomChurnTest {
    private static final int MEMBERS = 200;
    private static final int STEPS = 100;
    private static final RoomId HALL = RoomId.of("hall");
    private static final UserId OWNER = UserId.of("member0");

    /** A user with one device, over all its sessions. */
    private static final class Member {
        final UserId user;
        final Set<String> expected = new LinkedHashSet<>();
        private final List<Envelope> before = new ArrayList<>();
        boolean inRoom = true;

        @Nullable
        TestClient client;

        Member(int number) {
            user = UserId.of("member" + number);
        }

        void connect(Chat node) {
            client = TestClient.open(node, user.value(), "phone", lastSeq(), TestClient.Answer.CONFIRM);
        }

        void disconnect() {
            if (client != null) {
                client.leave();
                before.addAll(client.received());
                client = null;
            }
        }

        List<Envelope> received() {
            List<Envelope> all = new ArrayList<>(before);
            if (client != null) {
                all.addAll(client.received());
            }
            return all;
        }

        private long lastSeq() {
            return received().stream().mapToLong(Envelope::seq).max().orElse(0);
        }

        List<String> messages() {
            return received().stream()
                    .map(Envelope::event)
                    .filter(ChatEvent.Message.class::isInstance)
                    .map(ChatEvent.Message.class::cast)
                    .filter(each -> !each.content().isSystem())
                    .map(each -> each.id().value())
                    .toList();
        }

        long gaps() {
            return received().stream()
                    .filter(each -> each.event().kind() == EventKind.GAP)
                    .count();
        }
    }

    private final List<Member> members =
            IntStream.range(0, MEMBERS).mapToObj(Member::new).toList();
    private final AtomicLong trimmed = new AtomicLong();
    private final AtomicLong reported = new AtomicLong();

    private final ChatObserver observer = new ChatObserver() {
        @Override
        public void queueTrimmed(long events) {
            trimmed.addAndGet(events);
        }

        @Override
        public void gap(long missing) {
            reported.addAndGet(missing);
        }
    };

    private Chat node(TestCluster cluster) {
        return cluster.node(builder -> builder.observer(observer)
                .config(TestCluster.config()
                        .maxRoomMembers(MEMBERS)
                        .maxRoomAdditions(MEMBERS)
                        .build()));
    }

    private void fill(Chat node) {
        List<UserId> others = members.stream()
                .map(each -> each.user)
                .filter(each -> !each.equals(OWNER))
                .toList();
        join(node.rooms().create(OWNER, HALL, "the hall", true, others));
    }

    private void say(Member author, String id) {
        TestClient client = author.client;
        if (client != null && author.inRoom) {
            client.say(HALL.value(), id, "text");
            members.stream().filter(each -> each.inRoom && each != author).forEach(each -> each.expected.add(id));
        }
    }

    private void assertNothingIsLost(String as) {
        for (Member each : members) {
            await().untilAsserted(() -> assertThat(each.messages())
                    .as("%s: %s", as, each.user)
                    .doesNotHaveDuplicates()
                    .containsExactlyElementsOf(each.expected));
        }
    }

    @Test
    void G3_G10_comingAndGoingLosesNothingRepeatsNothingAndLeavesNoGap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (TestCluster cluster = new TestCluster(new MemoryBackends(QueueLimits.DEFAULT))) {
            // One node: others would learn of who comes and goes after the permission cache only.
            Chat node = node(cluster);
            fill(node);
            members.forEach(each -> each.connect(node));
            for (int i = 0; i < STEPS; i++) {
                Member member = members.get(1 + random.nextInt(MEMBERS - 1));
                switch (random.nextInt(5)) {
                    case 0 -> member.disconnect();
                    case 1 -> {
                        member.disconnect();
                        member.connect(node);
                    }
                    case 2 -> comeOrGo(node, member);
                    default -> say(member, "m" + i);
                }
            }
            members.forEach(Member::disconnect);
            members.forEach(each -> each.connect(node));

            assertNothingIsLost("seed " + seed);
            assertThat(members.stream().mapToLong(Member::gaps).sum())
                    .as("seed " + seed)
                    .isZero();
        }
    }

    private static void comeOrGo(Chat node, Member member) {
        if (member.inRoom) {
            join(node.rooms().remove(member.user, HALL, member.user));
        } else {
            join(node.rooms().put(member.user, HALL, member.user, RoomRole.MEMBER));
        }
        member.inRoom = !member.inRoom;
    }

    /** Ten messages bring their author 1 990 receipts, more than the queue of 1 000 events takes. */
    @Test
    void G10_theReceiptsOfALargeRoomCanFillTheQueueOfAnAuthorWhoIsAwayAndLeaveAGapWithoutALoss() {
        try (TestCluster cluster = new TestCluster(new MemoryBackends(QueueLimits.DEFAULT.withMaxEvents(1_000)))) {
            Chat node = node(cluster);
            fill(node);
            Member author = members.get(1);
            author.connect(node);
            IntStream.range(0, 10).forEach(i -> say(author, "m" + i));
            author.disconnect();
            members.stream().filter(each -> each != author).forEach(each -> each.connect(node));
            await().until(() -> trimmed.get() == 990);

            author.connect(node);

            assertNothingIsLost("after the gap");
            await().until(() -> author.gaps() == 1);
            assertThat(reported).hasValue(990);
            assertThat(members.stream().mapToLong(Member::gaps).sum())
                    .as("gaps of all")
                    .isOne();
        }
    }
}
