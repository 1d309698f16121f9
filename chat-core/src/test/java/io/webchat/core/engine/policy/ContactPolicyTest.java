package io.webchat.core.engine.policy;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.Profile;
import io.webchat.core.UserDirectory;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.Contact;
import io.webchat.core.policy.ContactPolicy;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The application decides who may reach and see whom; by default, strangers see nothing of each other. */
public class ContactPolicyTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final UserId NOBODY = UserId.of("nobody");

    /** Alice and bob work at acme, carol works elsewhere. */
    private static final class Tenants implements UserDirectory {
        @Override
        public CompletionStage<Boolean> exists(UserId user) {
            return CompletableFuture.completedFuture(!user.equals(NOBODY));
        }

        @Override
        public CompletionStage<Map<String, Object>> claims(UserId user) {
            return CompletableFuture.completedFuture(
                    user.equals(NOBODY) ? Map.of() : Map.of("tenant", user.equals(CAROL) ? "other" : "acme"));
        }
    }

    private static boolean sees(Chat node, UserId asker, UserId user) {
        boolean online = join(node.presence().online(asker, List.of(user))).contains(user);
        boolean profile = join(node.profiles().find(asker, user)).isPresent();
        assertThat(profile).as("both or none").isEqualTo(online);
        return online;
    }

    @Test
    void G16_strangersSeeNothingUntilTheyHaveAConversation() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            Chat other = cluster.node();
            join(node.profiles().put(BOB, Profile.named("Bob")));
            join(node.profiles().put(ALICE, Profile.named("Alice")));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(other, "bob");
            assertThat(sees(node, ALICE, BOB)).isFalse();
            assertThat(sees(other, BOB, ALICE)).isFalse();
            join(alice.session().send(ChatEvent.typing(ALICE, BOB)));
            join(alice.session().send(ChatEvent.typing(ALICE, NOBODY)));
            assertThat(join(node.profiles().find(BOB)))
                    .as("the application sees all")
                    .isPresent();

            alice.send("bob", "m1", "anyone may write to anyone");
            bob.awaitMessages("m1");
            assertThat(bob.count(EventKind.TYPING)).isZero();
            assertThat(sees(node, ALICE, BOB)).isTrue();
            assertThat(sees(other, BOB, ALICE)).isTrue();
            assertThat(sees(cluster.node(), BOB, ALICE)).as("by the call log").isTrue();
            assertThat(sees(node, CAROL, BOB)).isFalse();
            assertThat(sees(node, BOB, BOB)).as("oneself").isTrue();
            join(alice.session().send(ChatEvent.typing(ALICE, BOB)));
            await().until(() -> bob.count(EventKind.TYPING) == 1);
        }
    }

    @Test
    void G16_aRoomInCommonMakesPeopleVisible() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            join(node.profiles().put(BOB, Profile.named("Bob")));
            TestClient.open(cluster.node(), "bob");
            TestRoom.create(node, "bob", "carol");

            assertThat(sees(node, CAROL, BOB)).isTrue();
            assertThat(sees(node, UserId.of("dave"), BOB)).isFalse();
        }
    }

    @Test
    void G16_aBlockHidesAnAcquaintanceAllTheSame() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            TestClient.open(node, "bob");
            alice.send("bob", "m1", "hello");
            join(node.profiles().block(BOB, ALICE));

            assertThat(join(node.presence().online(ALICE, List.of(BOB)))).isEmpty();
            assertThat(failure(alice.session().send(ChatEvent.typing(ALICE, BOB))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void G16_peopleOfAnotherTenantDoNotExist() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(
                    builder -> builder.userDirectory(new Tenants()).contactPolicy(ContactPolicy.sameTenant("tenant")));
            join(node.profiles().put(BOB, Profile.named("Bob")));
            join(node.profiles().put(CAROL, Profile.named("Carol")));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");
            TestClient carol = TestClient.open(node, "carol");

            alice.send("bob", "m1", "hello");
            assertThat(sees(node, ALICE, BOB)).isTrue();
            assertThat(sees(node, ALICE, CAROL)).isFalse();
            join(alice.session().send(ChatEvent.typing(ALICE, CAROL)));
            TestRoom.create(node, "bob");
            for (UserId hidden : List.of(CAROL, NOBODY)) {
                assertThat(failure(alice.session().send(alice.message(hidden.value(), "m2", "hello"))))
                        .isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(failure(node.rooms().put(ALICE, TestRoom.ID, hidden, RoomRole.MEMBER)))
                        .isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(failure(node.rooms().create(ALICE, RoomId.of("new"), "new", false, List.of(hidden))))
                        .isEqualTo(ErrorCode.NOT_FOUND);
            }
            bob.awaitMessages("m1");
            assertThat(carol.received()).isEmpty();
            assertThat(join(cluster.queue.read(CAROL, 0, 10)).events()).isEmpty();
        }
    }

    @Test
    void G16_theClaimsOfATokenCountAndAnswersAreCached() {
        try (TestCluster cluster = cluster()) {
            AtomicInteger asked = new AtomicInteger();
            ContactPolicy staffOnly = (asker, other, contact) -> {
                asked.incrementAndGet();
                return CompletableFuture.completedFuture(
                        contact != Contact.PRESENCE || "staff".equals(asker.claim("role")));
            };
            Chat node = cluster.node(builder -> builder.contactPolicy(staffOnly)
                    .config(TestCluster.config()
                            .permissionCache(Duration.ofMinutes(5))
                            .build()));
            TestClient.open(node, "bob");
            Principal staff = Principal.of(ALICE).withClaims(Map.of("role", "staff"));

            for (int i = 0; i < 3; i++) {
                assertThat(join(node.presence(staff).online(ALICE, List.of(BOB))))
                        .containsExactly(BOB);
                assertThat(join(node.presence().online(ALICE, List.of(BOB)))).isEmpty();
            }
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void G16_aContactPolicyThatFailsOrHangsLetsNothingThrough() {
        try (TestCluster cluster = cluster()) {
            CountingObserver observer = new CountingObserver();
            ContactPolicy broken = (asker, other, contact) -> {
                if (contact == Contact.PRESENCE) {
                    throw new IllegalStateException("thrown by the test");
                }
                return new CompletableFuture<>();
            };
            Chat node = cluster.node(builder -> builder.contactPolicy(broken)
                    .observer(observer)
                    .config(TestCluster.config()
                            .policyTimeout(Duration.ofMillis(300))
                            .build()));
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(node, "bob");

            assertThat(failure(node.presence().online(ALICE, List.of(BOB)))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(alice.session().send(alice.message("bob", "m1", "hello"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            await().untilAsserted(() -> assertThat(observer.policyFailures).containsExactly("contact", "contact"));
            assertThat(bob.received()).isEmpty();
        }
    }
}
