package io.webchat.core.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
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
import java.time.Clock;
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
 * Alice writes to Bob, edits and deletes; both react; what was sent is sent again, soon or late. All this goes through
 * two nodes, with faults and disasters. Both have devices that come and go. In the end everyone shows what the history
 * has, and no device got a change before its message, or deleted content.
 */
final class AmendmentRun {
    private static final UserId ALICE = TestConversation.ALICE;
    private static final UserId BOB = TestConversation.BOB;
    private static final List<String> KINDS = List.of("+1", "heart");

    private final TestCluster cluster;
    private final List<Chat> nodes;
    private final Random random;
    private final Clock clock;
    private final Runnable disaster;
    private final List<AmendedDevice> devices = List.of(
            new AmendedDevice("bob", "phone"),
            new AmendedDevice("bob", "tablet"),
            new AmendedDevice("alice", "tablet"));

    private final List<ChatEvent.Message> messages = new ArrayList<>();
    private final List<Supplier<CompletionStage<SendResult>>> sent = new ArrayList<>();
    private final Set<MessageRef> deleted = new HashSet<>();
    private int count;

    /**
     * A run over two nodes of this cluster.
     *
     * @param clock the clock of the clients
     * @param disaster strikes the queues
     */
    AmendmentRun(TestCluster cluster, long seed, Clock clock, Runnable disaster) {
        this.cluster = cluster;
        this.nodes = List.of(cluster.node(), cluster.node());
        this.random = new Random(seed);
        this.clock = clock;
        this.disaster = disaster;
    }

    /** Makes this number of random steps, and then checks what everyone shows. */
    void make(int steps) {
        devices.forEach(this::connect);
        for (int i = 0; i < steps; i++) {
            fail();
            step();
            devices.stream().filter(AmendedDevice::isOutdated).forEach(each -> each.catchUp(history(0)));
        }
        cluster.callLog.writing.heal();
        cluster.queue.messages.heal();
        cluster.router.lose(envelope -> false);
        devices.stream().filter(each -> !each.isConnected()).forEach(this::connect);
        // One more event tells of all whose publish was lost.
        send();
        check();
    }

    private void check() {
        Map<MessageRef, Seen> state = AmendedDevice.shown(history(0), TestConversation.ID);
        assertThat(state).hasSize(messages.size());
        assertThat(history(0)).hasSize(messages.size());
        for (AmendedDevice each : devices) {
            await().untilAsserted(() -> {
                each.catchUp(history(1));
                assertThat(each.shown(state.keySet())).isEqualTo(state);
            });
            assertThat(each.broken()).isEmpty();
        }
    }

    private List<LoggedMessage> history(int node) {
        return TestConversation.history(nodes.get(node));
    }

    private void connect(AmendedDevice device) {
        if (device.isNew() && !messages.isEmpty()) {
            device.expectHistory();
        }
        device.connect(any(), deleted);
    }

    /** Now and then the next step of a backend fails, before or after its work, or a publish is lost. */
    private void fail() {
        Fault fault = random.nextBoolean() ? Fault.REFUSE : Fault.LOSE_ANSWER;
        switch (random.nextInt(8)) {
            case 0 -> cluster.callLog.writing.next(1, fault);
            case 1 -> cluster.queue.messages.next(1, fault);
            case 2 -> cluster.router.lose(envelope -> true);
            case 3 -> cluster.router.lose(envelope -> false);
            default -> {}
        }
    }

    private void step() {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> send();
            case 3, 4 -> edit();
            case 5 -> delete();
            case 6, 7, 8 -> react();
            case 9, 10 -> comeOrGo(devices.get(random.nextInt(devices.size())));
            case 11, 12 -> resend();
            default -> strike();
        }
    }

    private void strike() {
        if (random.nextInt(4) == 0) {
            disaster.run();
        }
    }

    private void comeOrGo(AmendedDevice device) {
        if (device.isConnected()) {
            device.leave();
        } else {
            connect(device);
        }
    }

    private Chat any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void send() {
        String id = "m" + count++;
        ChatEvent.Message message = ChatEvent.Message.from(ALICE)
                .to(BOB)
                .id(id)
                .timestamp(clock.instant().getEpochSecond())
                .text("text of " + id)
                .build();
        first(() -> any().send(message));
        messages.add(message);
    }

    private void edit() {
        ChatEvent.Message message = existing();
        if (message != null) {
            amend(begin(ALICE, message).edit(MessageContent.text("edit " + count)));
        }
    }

    private void delete() {
        ChatEvent.Message message = existing();
        if (message != null) {
            amend(begin(ALICE, message).delete());
            deleted.add(MessageRef.to(message));
        }
    }

    private void react() {
        ChatEvent.Message message = existing();
        if (message != null) {
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            UserId user = random.nextBoolean() ? ALICE : BOB;
            amend(begin(user, message).change(new Amendment.React(kind, random.nextInt(3) == 0)));
        }
    }

    private ChatEvent.@Nullable Message existing() {
        List<ChatEvent.Message> left = messages.stream()
                .filter(each -> !deleted.contains(MessageRef.to(each)))
                .toList();
        return left.isEmpty() ? null : left.get(random.nextInt(left.size()));
    }

    private AmendmentBuilder begin(UserId user, ChatEvent.Message message) {
        return Amendment.by(user)
                .of(message)
                .id(MessageId.of("a" + count++))
                .timestamp(clock.instant().getEpochSecond());
    }

    private void amend(Amendment amendment) {
        first(() -> any().send(amendment));
    }

    private void first(Supplier<CompletionStage<SendResult>> send) {
        persist(send);
        sent.add(send);
    }

    /** Another device of the author did not hear that an event was accepted. What was deleted since is refused. */
    private void resend() {
        if (!sent.isEmpty()) {
            try {
                persist(sent.get(random.nextInt(sent.size())));
            } catch (CompletionException e) {
                boolean gone =
                        Failures.unwrap(e) instanceof ChatException refusal && refusal.code() == ErrorCode.NOT_FOUND;
                if (!gone) {
                    throw e;
                }
            }
        }
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
