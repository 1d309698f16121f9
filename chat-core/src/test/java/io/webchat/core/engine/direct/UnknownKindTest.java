package io.webchat.core.engine.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryChatRouter;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.spi.ChatRouter;
import io.webchat.core.spi.RouterListener;
import io.webchat.core.spi.Subscription;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
import io.webchat.core.spi.queue.OfflineQueue;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import io.webchat.core.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A node keeps an event of a kind that it does not know, and delivers the others; a newer node delivers it. */
final class UnknownKindTest {
    private static final UserId BOB = UserId.of("bob");
    private static final Pattern SEQ = Pattern.compile("\"Seq\":(\\d+)");

    private final MemoryOfflineQueue queue = MemoryOfflineQueue.create();
    private final MemoryChatRouter router = new MemoryChatRouter();

    /** What an older node makes of an event: messages of the type {@code invented} are of a kind it does not know. */
    private static Envelope older(Envelope envelope) {
        return envelope.event() instanceof ChatEvent.Message message
                        && message.content().type().equals("invented")
                ? Envelope.stored(
                        envelope.epoch(),
                        envelope.seq(),
                        envelope.storedAt(),
                        new NodeEvent.Unknown(message.to(), "invented", 0))
                : envelope;
    }

    /** The queue as an older node reads it. */
    private record OlderQueue(OfflineQueue queue) implements OfflineQueue {
        @Override
        public CompletionStage<AttachedDevice> attach(UserId user, DeviceId device, long after) {
            return queue.attach(user, device, after);
        }

        @Override
        public CompletionStage<Appended> append(UserId user, ChatEvent event, long after) {
            return queue.append(user, event, after);
        }

        @Override
        public CompletionStage<QueueSlice> read(UserId user, long after, int limit) {
            return queue.read(user, after, limit)
                    .thenApply(slice -> new QueueSlice(
                            slice.epoch(),
                            slice.events().stream().map(UnknownKindTest::older).toList(),
                            slice.first(),
                            slice.next(),
                            slice.devices()));
        }

        @Override
        public CompletionStage<Boolean> confirm(UserId user, DeviceId device, long epoch, long upTo) {
            return queue.confirm(user, device, epoch, upTo);
        }

        @Override
        public CompletionStage<RestoreOutcome> restore(UserId user, long epoch, UndeliveredMessages undelivered) {
            return queue.restore(user, epoch, undelivered);
        }
    }

    /** The router as an older node hears it. */
    private record OlderRouter(ChatRouter router) implements ChatRouter {
        @Override
        public CompletionStage<Subscription> subscribe(UserId user, RouterListener listener) {
            return router.subscribe(user, new RouterListener() {
                @Override
                public void onEvent(Envelope envelope) {
                    listener.onEvent(older(envelope));
                }

                @Override
                public void onResubscribed() {
                    listener.onResubscribed();
                }
            });
        }

        @Override
        public CompletionStage<Integer> publish(UserId user, Envelope envelope) {
            return router.publish(user, envelope);
        }

        @Override
        public CompletionStage<Boolean> isOnline(UserId user) {
            return router.isOnline(user);
        }
    }

    private static ChatEvent.Message message(String id, String type) {
        return ChatEvent.Message.from(UserId.of("alice"))
                .to(BOB)
                .id(id)
                .type(type)
                .text(id)
                .build();
    }

    @Test
    void G18_anEventOfAnUnknownKindWaitsForANewerNodeAndTheOthersArrive() {
        try (Chat older = Chat.builder()
                        .offlineQueue(new OlderQueue(queue))
                        .router(new OlderRouter(router))
                        .build();
                Chat newer = Chat.builder().offlineQueue(queue).router(router).build()) {
            TestClient.join(newer.host().send(message("m1", "invented")));
            TestClient.join(newer.host().send(message("m2", "text")));
            TestClient onOlder = TestClient.open(older, "bob");
            onOlder.awaitMessages("m2");
            TestClient.join(newer.host().send(message("m3", "invented")));
            TestClient.join(newer.host().send(message("m4", "text")));
            onOlder.awaitMessages("m2", "m4");
            TestClient alice = TestClient.open(newer, "alice");
            alice.awaitReceipt(EventKind.DELIVERY, MessageId.of("m4"));
            onOlder.leave();

            TestClient onNewer = TestClient.open(newer, "bob", "default", after(onOlder), TestClient.Answer.CONFIRM);

            onNewer.awaitMessages("m1", "m2", "m3", "m4");
            assertThat(onOlder.received()).noneMatch(each -> each.event() instanceof NodeEvent);
        }
    }

    /** The highest Seq that the client was told, as it passes it with its next connect. */
    private static long after(TestClient client) {
        return client.received().stream()
                .map(each -> SEQ.matcher(new String(each.json(), StandardCharsets.UTF_8)))
                .filter(Matcher::find)
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .max()
                .orElse(0);
    }

    @Test
    void G18_eventsBeforeTheHeldOneHaveASeqAndLaterOnesHaveTheirTimeAlone() {
        try (Chat older = Chat.builder()
                .offlineQueue(new OlderQueue(queue))
                .router(new OlderRouter(router))
                .build()) {
            TestClient bob = TestClient.open(older, "bob");
            TestClient.join(older.host().send(message("m1", "text")));
            TestClient.join(older.host().send(message("m2", "invented")));
            TestClient.join(older.host().send(message("m3", "text")));
            bob.awaitMessages("m1", "m3");

            assertThat(after(bob)).isEqualTo(bob.received().get(0).seq());
            assertThat(new String(bob.received().get(1).json(), StandardCharsets.UTF_8))
                    .contains("\"StoredAt\":")
                    .doesNotContain("\"Seq\"");
        }
    }
}
