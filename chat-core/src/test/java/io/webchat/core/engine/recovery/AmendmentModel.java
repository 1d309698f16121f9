package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.SendResult;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestConversation;
import io.webchat.core.engine.recovery.AmendedMessage.Seen;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Failures;
import io.webchat.core.testing.Faults.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Random edits, deletions and reactions through two nodes, with faults. Everyone converges, and nobody gets deleted
 * content.
 */
final class AmendmentModel {
    private static final UserId ALICE = TestConversation.ALICE;
    private static final UserId BOB = TestConversation.BOB;
    private static final int STEPS = 150;
    private static final List<String> KINDS = List.of("+1", "heart");

    private final List<ChatEvent.Message> messages = new ArrayList<>();
    private final Set<MessageRef> deleted = new HashSet<>();
    private final Random random;
    private final Runnable disaster;
    private int count;

    /**
     * A conversation of Alice with two devices of Bob.
     *
     * @param disaster what happens to the queue now and then
     */
    AmendmentModel(long seed, Runnable disaster) {
        this.random = new Random(seed);
        this.disaster = disaster;
    }

    /** Runs the conversation over two nodes, and closes them. */
    void run(TestCluster nodesOfTest) {
        try (TestCluster cluster = nodesOfTest) {
            List<Chat> nodes = List.of(cluster.node(), cluster.node());
            List<AmendedDevice> devices =
                    List.of(new AmendedDevice("bob", "phone"), new AmendedDevice("bob", "tablet"));
            devices.forEach(each -> each.connect(any(nodes), deleted));
            for (int i = 0; i < STEPS; i++) {
                fail(cluster);
                step(nodes, devices);
                devices.stream()
                        .filter(AmendedDevice::isOutdated)
                        .forEach(each -> each.catchUp(TestConversation.history(nodes.get(0))));
            }
            cluster.callLog.writing.heal();
            cluster.queue.messages.heal();
            cluster.router.lose(envelope -> false);
            devices.stream().filter(each -> !each.isConnected()).forEach(each -> each.connect(any(nodes), deleted));
            // One more event tells of all whose publish was lost.
            send(nodes);

            Map<MessageRef, Seen> state =
                    AmendedDevice.shown(TestConversation.history(nodes.get(0)), TestConversation.ID);
            assertThat(state).hasSize(messages.size());
            for (AmendedDevice each : devices) {
                await().untilAsserted(() -> {
                    each.catchUp(TestConversation.history(nodes.get(1)));
                    assertThat(each.shown(state.keySet())).isEqualTo(state);
                });
                assertThat(each.broken()).isEmpty();
            }
        }
    }

    /** Now and then the next step of a backend fails, before or after its work, or a publish is lost. */
    private void fail(TestCluster cluster) {
        Fault fault = random.nextBoolean() ? Fault.REFUSE : Fault.LOSE_ANSWER;
        switch (random.nextInt(8)) {
            case 0 -> cluster.callLog.writing.next(1, fault);
            case 1 -> cluster.queue.messages.next(1, fault);
            case 2 -> cluster.router.lose(envelope -> true);
            case 3 -> cluster.router.lose(envelope -> false);
            default -> {}
        }
    }

    private void step(List<Chat> nodes, List<AmendedDevice> devices) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> send(nodes);
            case 3, 4 -> edit(nodes);
            case 5 -> delete(nodes);
            case 6, 7, 8 -> react(nodes);
            case 9, 10 -> comeOrGo(nodes, devices.get(random.nextInt(devices.size())));
            default -> strike();
        }
    }

    private void strike() {
        if (random.nextInt(4) == 0) {
            disaster.run();
        }
    }

    private void comeOrGo(List<Chat> nodes, AmendedDevice device) {
        if (device.isConnected()) {
            device.leave();
        } else {
            device.connect(any(nodes), deleted);
        }
    }

    private Chat any(List<Chat> nodes) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void send(List<Chat> nodes) {
        String id = "m" + count++;
        ChatEvent.Message message = ChatEvent.Message.from(ALICE)
                .to(BOB)
                .id(id)
                .text("text of " + id)
                .build();
        persist(() -> any(nodes).send(message));
        messages.add(message);
    }

    private void edit(List<Chat> nodes) {
        ChatEvent.Message message = existing();
        if (message != null) {
            amend(nodes, begin(ALICE, message).edit(MessageContent.text("edit " + count)));
        }
    }

    private void delete(List<Chat> nodes) {
        ChatEvent.Message message = existing();
        if (message != null) {
            amend(nodes, begin(ALICE, message).delete());
            deleted.add(MessageRef.to(message));
        }
    }

    private void react(List<Chat> nodes) {
        ChatEvent.Message message = existing();
        if (message != null) {
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            UserId user = random.nextBoolean() ? ALICE : BOB;
            amend(nodes, begin(user, message).change(new Amendment.React(kind, random.nextInt(3) == 0)));
        }
    }

    private ChatEvent.@Nullable Message existing() {
        List<ChatEvent.Message> left = messages.stream()
                .filter(each -> !deleted.contains(MessageRef.to(each)))
                .toList();
        return left.isEmpty() ? null : left.get(random.nextInt(left.size()));
    }

    private AmendmentBuilder begin(UserId user, ChatEvent.Message message) {
        return Amendment.by(user).of(message).id(MessageId.of("a" + count++));
    }

    private void amend(List<Chat> nodes, Amendment amendment) {
        persist(() -> any(nodes).send(amendment));
    }

    /** Sends again until there is an answer, as a client does. */
    private static void persist(Supplier<CompletionStage<SendResult>> send) {
        for (int attempt = 0; ; attempt++) {
            try {
                send.get().toCompletableFuture().join();
                return;
            } catch (CompletionException e) {
                boolean retryable = Failures.unwrap(e) instanceof ChatException refusal
                        && refusal.code().retryable();
                if (!retryable || attempt > 20) {
                    throw e;
                }
            }
        }
    }
}
