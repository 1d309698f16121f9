package io.webchat.examples.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.webchat.core.Chat;
import io.webchat.core.ChatConfig;
import io.webchat.core.Profile;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryOfflineQueue;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.QueueSlice;
import io.webchat.examples.server.accounts.AccountPart;
import io.webchat.examples.server.accounts.MemoryAccountStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What no device confirmed reaches the recipient's browsers once, encrypted and signed, and nothing else does. The time
 * to confirm is never over: the end of the node asks for what is not confirmed.
 */
class WebPushTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final RoomId DEN = RoomId.of("den");
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final String CONTACT = "mailto:ops@chat.example";

    private final PushSubscriptions subscriptions = new PushSubscriptions(MemoryAccountStore.of(AccountPart.PUSH));
    private final VapidKey key = VapidKey.of(VapidKey.fresh(), CONTACT);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WebPush push = new WebPush(subscriptions, key, EndpointRule.anywhere(), registry);
    private final MemoryOfflineQueue queue = MemoryOfflineQueue.create(QueueLimits.DEFAULT, Clock.systemUTC());
    private final Chat chat = Chat.builder()
            .offlineQueue(queue)
            .offlineListener(push)
            .config(ChatConfig.builder().pushAfter(Duration.ofHours(1)).build())
            .build();
    private FakePushService service;

    @BeforeEach
    void start() throws Exception {
        service = new FakePushService();
    }

    @AfterEach
    void close() {
        end();
        service.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private PushSubscription subscribe(UserId user, String browser, boolean showsText, String... muted)
            throws Exception {
        PushSubscription subscription = new PushSubscription(
                DeviceId.of(browser),
                service.endpoint(browser),
                service.browser(browser).keys(),
                "New message",
                showsText,
                List.of(muted));
        get(subscriptions.put(user, subscription));
        return subscription;
    }

    private void send(ChatEvent.Message message) {
        get(chat.host().send(message));
    }

    /** Ends the node, so that everything is pushed that ever will be. */
    private void end() {
        chat.close(GRACE);
        push.close(GRACE);
    }

    private double count(String name) {
        return registry.counter("webchat.push." + name).count();
    }

    private List<String> bodies() {
        return service.received().stream().map(each -> each.get("body")).toList();
    }

    @Test
    void G16_whoIsOfflineGetsOnePushAndWhoIsOnlineNone() throws Exception {
        subscribe(BOB, "phone", false);
        subscribe(CAROL, "laptop", false);
        get(chat.open(CAROL, (session, envelope) -> session.confirm(envelope.seq())));
        get(chat.profiles().put(ALICE, Profile.named("Alice in Berlin")));

        ChatEvent.Message message = ChatEvent.message(ALICE, BOB, "are you there?");
        send(message);
        send(message);
        send(ChatEvent.message(ALICE, CAROL, "you are here"));
        await().until(() -> {
            QueueSlice slice = get(queue.read(CAROL, 0, 1));
            return slice.confirmed() == slice.next() - 1;
        });
        end();

        assertThat(service.received()).hasSize(1);
        FakePushService.Received received = service.received().get(0);
        assertThat(received.browser()).isEqualTo("phone");
        assertThat(received.get("user")).isEqualTo("bob");
        assertThat(received.get("conversation")).isEqualTo("user:alice");
        assertThat(received.get("title")).isEqualTo("Alice in Berlin");
        assertThat(received.header("Urgency")).isEqualTo("high");
        assertThat(received.header("TTL")).isEqualTo("86400");
        assertThat(received.claims().getString("sub")).isEqualTo(CONTACT);
        assertThat(received.key()).isEqualTo(key.publicKey());
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void G13_theTextIsPushedToWhoeverWantsItAlone() throws Exception {
        subscribe(BOB, "phone", false);
        subscribe(BOB, "laptop", true);

        send(ChatEvent.message(ALICE, BOB, "the key is under the mat"));
        end();

        assertThat(service.received()).hasSize(2).allSatisfy(each -> {
            boolean isLaptop = each.browser().equals("laptop");
            assertThat(each.get("body")).isEqualTo(isLaptop ? "the key is under the mat" : "New message");
            assertThat(each.text().contains("mat")).isEqualTo(isLaptop);
            assertThat(each.text().length() % 256).as("rounded length").isZero();
        });
    }

    @Test
    void aLongTextIsCutBelowTheLimitOfPushServices() throws Exception {
        subscribe(BOB, "phone", true);

        send(ChatEvent.message(ALICE, BOB, "😀".repeat(3_000)));
        end();

        assertThat(bodies()).containsExactly("😀".repeat(200) + "…");
    }

    @Test
    void mutedConversationsPushOnlyWhatMentionsTheUser() throws Exception {
        subscribe(BOB, "phone", true, "user:alice", "room:den");
        get(chat.host().rooms().create(ALICE, DEN, "the den", false, List.of(BOB)));

        send(ChatEvent.message(ALICE, BOB, "muted"));
        send(ChatEvent.message(CAROL, BOB, "not muted"));
        send(ChatEvent.Message.from(ALICE).in(DEN).text("muted, too").build());
        send(ChatEvent.Message.from(ALICE)
                .in(DEN)
                .text("@bob, look")
                .mentions(BOB)
                .build());
        end();

        assertThat(bodies()).containsExactlyInAnyOrder("not muted", "alice: @bob, look");
        assertThat(service.received()).anySatisfy(each -> {
            assertThat(each.get("conversation")).isEqualTo("room:den");
            assertThat(each.get("title")).isEqualTo("the den");
        });
    }

    @Test
    void theTopicIsOfTheConversationAndTheBrowser() throws Exception {
        PushSubscription phone = subscribe(BOB, "phone", false);
        PushSubscription laptop = subscribe(BOB, "laptop", false);

        String topic = PushTopic.of("user:alice", phone.keys());
        assertThat(topic)
                .hasSize(32)
                .isEqualTo(PushTopic.of("user:alice", phone.keys()))
                .isNotEqualTo(PushTopic.of("user:carol", phone.keys()))
                .isNotEqualTo(PushTopic.of("user:alice", laptop.keys()));
        send(ChatEvent.message(ALICE, BOB, "one"));
        end();

        assertThat(service.received()).extracting(each -> each.header("Topic")).contains(topic);
    }

    @Test
    void aBrowserThatIsGoneIsForgottenAndTheOthersAreNot() throws Exception {
        PushSubscription phone = subscribe(BOB, "phone", false);
        get(subscriptions.put(
                BOB,
                new PushSubscription(
                        DeviceId.of("sold"), service.endpoint("sold"), phone.keys(), "New message", false, List.of())));

        send(ChatEvent.message(ALICE, BOB, "hello"));
        end();

        assertThat(bodies()).containsExactly("New message");
        assertThat(get(subscriptions.of(BOB))).containsExactly(phone);
        assertThat(count("gone")).isEqualTo(1);
    }

    @Test
    void aPushThatIsRefusedForGoodIsDroppedAndItsBrowserKept() throws Exception {
        PushSubscription phone = subscribe(BOB, "phone", false);
        service.answerNext(413);

        send(ChatEvent.message(ALICE, BOB, "hello"));
        end();

        assertThat(service.received()).isEmpty();
        assertThat(get(subscriptions.of(BOB))).containsExactly(phone);
        assertThat(count("dropped")).isEqualTo(1);
    }

    @Test
    void changesOfRoomsAreNotPushed() throws Exception {
        subscribe(BOB, "phone", false);

        get(chat.host().rooms().create(ALICE, DEN, "the den", false, List.of(BOB)));
        get(chat.host().rooms().put(DEN, CAROL, RoomRole.MEMBER));
        end();

        assertThat(service.received()).isEmpty();
        assertThat(Objects.requireNonNull(registry.find("webchat.push.waiting").gauge())
                        .value())
                .isZero();
    }
}
