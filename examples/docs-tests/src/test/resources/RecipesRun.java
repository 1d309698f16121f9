import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.webchat.core.Authenticator;
import io.webchat.core.ChatConfig;
import io.webchat.core.Chat;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ErrorCode;
import io.webchat.core.events.EventKind;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.events.MessageRef;
import io.webchat.core.OfflineMessage;
import io.webchat.core.ids.RoomId;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.Principal;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.testing.TestChat;
import io.webchat.core.testing.TestClient;
import io.webchat.socketio.SocketIoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs the recipes of docs/recipes.md; it is compiled together with them. */
class RecipesRun {
    private static final Authenticator BELIEVING = token -> CompletableFuture.completedFuture(Principal.of(UserId.of(token)));
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private final List<String> notified = Collections.synchronizedList(new ArrayList<>());
    private final Bans bans = new Bans();
    private final TestChat chat = TestChat.create(builder -> builder.userDirectory(bans)
            .config(ChatConfig.builder().pushAfter(Duration.ofMillis(1)).build())
            .offlineListener(new Push(
                    user -> List.of("phone of " + user),
                    (token, title, badge, key) -> notified.add(token + ": " + title + ", " + badge + ", " + key))));

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void aControllerSends() {
        TestClient alice = chat.client("alice");
        ShippingController controller = new ShippingController(chat.chat());

        TestClient.join(controller.shipped("42", "alice"));
        assertThat(TestClient.join(controller.shipped("42", "alice")).duplicate()).isTrue();

        alice.awaitMessage("shop", "Parcel 42 is on its way.");
    }

    @Test
    void aMessageIsCorrectedAndTakenBack() {
        TestClient alice = TestClient.amending(chat.chat(), "alice", "default");
        TestClient bob = TestClient.amending(chat.chat(), "bob", "default");
        ChatEvent.Message mine = alice.message("bob", "m1", "Helo");
        TestClient.join(alice.session().send(mine));

        TestClient.join(Corrections.correct(chat.chat(), mine, "Hello"));
        assertThat(history(mine).message().text()).isEqualTo("Hello");
        TestClient.join(Corrections.unsend(chat.chat(), mine));
        TestClient.join(Corrections.remove(chat.chat(), mine));

        assertThat(history(mine).message().deletion()).isNotNull();
        bob.awaitFirst(each -> each.event().kind() == EventKind.DELETE);
    }

    @Test
    void aReactionIsGivenAndTakenBack() {
        TestClient alice = chat.client("alice");
        ChatEvent.Message mine = alice.message("bob", "m1", "text");
        TestClient.join(alice.session().send(mine));

        TestClient.join(Reactions.toggle(chat.chat(), BOB, history(mine), "+1"));
        assertThat(history(mine).reactions()).hasSize(1);
        TestClient.join(Reactions.toggle(chat.chat(), BOB, history(mine), "+1"));

        assertThat(history(mine).reactions()).isEmpty();
    }

    private LoggedMessage history(ChatEvent.Message message) {
        return TestClient.join(chat.chat().callLogs().messages(ALICE, message.conversation(), 1, ""))
                .items()
                .get(0);
    }

    @Test
    void theSystemWritesIntoARoom() {
        TestClient alice = chat.client("alice");
        TestClient.join(chat.chat().host().rooms().create(ALICE, RoomId.of("team"), "The team", false, Set.of(BOB)));

        TestClient.join(RoomAnnouncements.announce(chat.chat(), RoomId.of("team"), MessageId.of("a1"), "Welcome."));

        alice.awaitMessage("system", "Welcome.");
    }

    @Test
    void anAnnouncementRoomIsReadByThoseWhoJoin() {
        RoomId news = RoomId.of("news");
        TestClient.join(AnnouncementRooms.open(chat.chat(), ALICE, news, "News"));
        TestClient.join(chat.chat().rooms().put(BOB, news, BOB, RoomRole.MEMBER));
        TestClient alice = chat.client("alice");
        TestClient bob = chat.client("bob");

        alice.sendToRoom("news", "It is open.");

        bob.awaitMessage("alice", "It is open.");
        assertThat(TestClient.failure(bob.session().send(ChatEvent.roomMessage(BOB, news, "May I?"))))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @Test
    void anOrderCardIsSent() {
        TestClient alice = chat.client("alice");

        TestClient.join(OrderCards.send(chat.chat(), ALICE, 17, "12.50"));

        ChatEvent.Message card = alice.awaitMessage("shop", "Order 17: 12.50");
        assertThat(card.content().type()).isEqualTo("shop.order");
        assertThat(card.content().data()).hasToString("{\"order\":17,\"total\":\"12.50\"}");
    }

    @Test
    void aMessageIsAnswered() {
        TestClient alice = chat.client("alice");
        TestClient bob = chat.client("bob");
        alice.send("bob", "m1", "Lunch?");

        TestClient.join(Answers.send(chat.chat(), BOB, bob.awaitMessage("alice", "Lunch?"), "Yes"));

        MessageContent answer = alice.awaitMessage("bob", "Yes").content();
        assertThat(answer.replyTo()).isEqualTo(new MessageRef(ALICE, MessageId.of("m1")));
        assertThat(answer.mentions()).containsExactly(ALICE);
    }

    @Test
    void aPictureIsSentWithItsCaption() {
        TestClient bob = chat.client("bob");
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

        TestClient.join(Pictures.send(chat.chat(), ALICE, BOB, image, "our boat"));

        ChatEvent.Message message = bob.awaitMessage("alice", "our boat");
        AttachmentRef file = message.content().attachments().get(0);
        assertThat(file).isEqualTo(
                AttachmentRef.of(file.id()).withPixels(1200, 800).withFile("boat.png", "image/png", image.length));
        try (AttachmentReader reader = TestClient.join(chat.chat().attachments()
                .open(BOB, message.conversation(), MessageRef.to(message), file.id()))) {
            assertThat(TestClient.join(reader.read(0, 100))).isEqualTo(ByteBuffer.wrap(image));
        }
    }

    @Test
    void aRoomRingsOnlyForMentions() {
        List<String> rung = Collections.synchronizedList(new ArrayList<>());
        QuietRooms quiet = new QuietRooms(missed -> rung.add(missed.message().text()));
        ChatEvent.Message inRoom = ChatEvent.roomMessage(ALICE, RoomId.of("team"), "hello all");

        for (ChatEvent.Message each : List.of(
                inRoom, inRoom.toBuilder().text("hello bob").mentions(BOB).build(), ChatEvent.message(ALICE, BOB, "hi"))) {
            quiet.onOffline(new OfflineMessage(BOB, each, 1, "The team"));
        }

        assertThat(rung).containsExactly("hello bob", "hi");
    }

    @Test
    void rudeWordsAreRefused() {
        WordFilter filter = new WordFilter(List.of("damn"));
        try (TestChat polite = TestChat.create(builder -> builder.messagePolicies(filter))) {
            TestClient alice = polite.client("alice");
            TestClient bob = polite.client("bob");

            assertThat(TestClient.failure(alice.session().send(alice.message("bob", "m1", "Damn it"))))
                    .isEqualTo(ErrorCode.REJECTED);
            alice.send("bob", "A dam is not rude");

            bob.awaitMessage("alice", "A dam is not rude");
            assertThat(bob.messages()).hasSize(1);
        }
    }

    @Test
    void phonesAreNotified() {
        TestClient alice = chat.client("alice");
        alice.send("bob", "m1", "Are you there?");

        await().untilAsserted(() ->
                assertThat(notified).containsExactly("phone of bob: alice, 1, alice m1"));
    }

    @Test
    void theBadgeCounts() {
        TestClient alice = chat.client("alice");
        assertThat(TestClient.join(UnreadBadge.of(chat.chat(), BOB))).isEmpty();
        alice.send("bob", "one");
        alice.send("bob", "two");
        await().untilAsserted(() ->
                assertThat(TestClient.join(UnreadBadge.of(chat.chat(), BOB))).isEqualTo("2"));

        TestClient.join(chat.chat().send(ChatEvent.Message.from(ALICE).to(BOB).text("@bob").mentions(BOB).build()));
        assertThat(TestClient.join(UnreadBadge.of(chat.chat(), BOB))).isEqualTo("@3");
    }

    @Test
    void onlineUsersAreListed() {
        chat.client("alice");

        assertThat(TestClient.join(TeamPresence.online(chat.chat(), List.of(ALICE, BOB)))).containsExactly(ALICE);
    }

    @Test
    void theDataOfAUserIsDeleted() {
        TestClient alice = chat.client("alice");
        alice.send("bob", "a secret");
        Departures departures = new Departures();

        TestClient.join(departures.delete(chat.chat(), ALICE));

        assertThat(departures.permits(ALICE)).isFalse();
        await().untilAsserted(() -> assertThat(alice.closed()).isNotNull());
        assertThat(TestClient.join(chat.chat().callLogs().conversations(BOB, 10, "")).items())
                .isEmpty();
    }

    @Test
    void aBanEndsTheSession() {
        TestClient bob = chat.client("bob");

        TestClient.join(bans.ban(chat.chat(), BOB));

        await().untilAsserted(() -> assertThat(bob.closed()).isNotNull());
        assertThat(bans.permits(BOB)).isFalse();
        assertThat(TestClient.failure(chat.chat().open(BOB, (session, envelope) -> {})))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(TestClient.failure(chat.client("alice").session().send(ChatEvent.message(ALICE, BOB, "Are you there?"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void tokensOfAnIdentityProviderAreAccepted() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        try {
            String url = "http://localhost:" + provider.getAddress().getPort();
            Authenticator authenticator = IdentityProvider.authenticator(url + "/jwks", ForkJoinPool.commonPool());

            Principal alice = TestClient.join(authenticator.authenticate(token(key, "alice")));
            assertThat(alice.user()).isEqualTo(ALICE);
            assertThat(alice.claims()).doesNotContainKey("phone").containsEntry("sub", "alice");
            for (String refused : List.of(token(key, "alice") + "x", token(key, null), "no token")) {
                assertThat(TestClient.failure(authenticator.authenticate(refused))).isEqualTo(ErrorCode.UNAUTHORIZED);
            }
            Authenticator away = IdentityProvider.authenticator(url + "/gone", ForkJoinPool.commonPool());
            assertThat(TestClient.failure(away.authenticate(token(key, "alice")))).isEqualTo(ErrorCode.UNAVAILABLE);
        } finally {
            provider.stop(0);
        }
    }

    private static String token(RSAKey key, String subject) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .claim("phone", null)
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Test
    void tenantsHaveChatsOfTheirOwn() {
        Tenants tenants = new Tenants();

        int red = tenants.portOf("red", BELIEVING);

        assertThat(tenants.portOf("red", BELIEVING)).isEqualTo(red);
        assertThat(tenants.portOf("blue", BELIEVING)).isNotEqualTo(red);
    }

    @Test
    void theServerAnswersBelowThePath() throws Exception {
        try (SocketIoServer server = BehindNginx.start(chat.chat(), BELIEVING)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/chat/health/ready"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void webhooksAreCheckedBySignatureAndTime() throws Exception {
        byte[] secret = "a secret of both".getBytes(StandardCharsets.UTF_8);
        WebhookReceiver receiver = new WebhookReceiver(secret);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();

        assertThat(receiver.receive(signature(secret, now, body), body).getStatusCode().value()).isEqualTo(204);
        assertThat(receiver.receive(signature(secret, now - 600, body), body).getStatusCode().value()).isEqualTo(401);
        assertThat(receiver.receive(signature(body, now, body), body).getStatusCode().value()).isEqualTo(401);
        assertThat(receiver.receive("v1=0", body).getStatusCode().value()).isEqualTo(401);
    }

    private static String signature(byte[] key, long seconds, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    }
}
