package io.webchat.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ChatConfig;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The test kit lets an application send, wait, move the time and break backends. */
class TestChatTest {
    @Test
    void clientsTalkAndGetReceipts() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = chat.client("alice");
            TestClient bob = chat.client("bob");

            MessageId hello = alice.send("bob", "Hello");

            assertThat(bob.awaitMessage("alice", "Hello").id()).isEqualTo(hello);
            alice.awaitReceipt(EventKind.DELIVERY, hello);
            bob.silentFor(Duration.ofMillis(20));
        }
    }

    @Test
    void anEventBreaksTheSilence() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = chat.client("alice");
            TestClient bob = TestClient.silent(chat.chat(), "bob");
            AtomicBoolean over = new AtomicBoolean();
            Thread sending = new Thread(() -> {
                while (!over.get()) {
                    alice.send("bob", "Hello");
                }
            });
            sending.start();

            try {
                assertThatThrownBy(() -> bob.silentFor(Duration.ofSeconds(20)))
                        .hasMessageContaining("an event arrived");
            } finally {
                over.set(true);
            }
        }
    }

    @Test
    void theClockDecidesWhenAMessageWasStoredAndWhenItExpires() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = chat.client("alice");
            alice.send("bob", "old");
            chat.advance(Duration.ofDays(31));
            alice.send("bob", "new");

            Envelope first = chat.client("bob").awaitFirst(each -> each.event() instanceof ChatEvent.Message);

            assertThat(((ChatEvent.Message) first.event()).text()).isEqualTo("new");
            assertThat(first.storedAt()).isEqualTo(chat.clock().millis());
        }
    }

    @Test
    void aBrokenBackendRefusesUntilItIsHealed() {
        try (TestChat chat = TestChat.create()) {
            TestClient alice = chat.client("alice");
            chat.queue().messages.always(Fault.REFUSE);
            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "Hello"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);

            chat.queue().messages.heal();
            alice.send("bob", "m1", "Hello");
            chat.client("bob").awaitMessage("alice", "Hello");
        }
    }

    @Test
    void theApplicationSetsItsOwnPartsAndNodesShareTheBackends() {
        List<UserId> away = new CopyOnWriteArrayList<>();
        ChatConfig soon = ChatConfig.builder().pushAfter(Duration.ofMillis(1)).build();
        try (TestChat chat =
                TestChat.create(builder -> builder.config(soon).offlineListener(missed -> away.add(missed.user())))) {
            TestClient elsewhere = TestClient.open(chat.node(), "bob");
            TestClient alice = chat.client("alice");
            alice.send("bob", "across");
            elsewhere.awaitMessage("alice", "across");
            alice.send("carol", "Are you there?");
            await().untilAsserted(() -> assertThat(away).contains(UserId.of("carol")));
        }
    }
}
