package io.webchat.core.engine.policy;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.ErrorCode;
import io.webchat.core.Principal;
import io.webchat.core.SessionOptions;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Notice;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.Verdict;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A session ends when its principal expires, after a notice, unless the same user renews it. */
public class PrincipalTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");

    private static Principal in(Duration time) {
        return Principal.of(ALICE).until(Instant.now().plus(time));
    }

    private static ChatSession open(Chat node, Principal principal, TestClient connection) {
        return join(node.open(principal, SessionOptions.of(DeviceId.DEFAULT), connection));
    }

    @Test
    void G16_aSessionEndsWithItsPrincipalAfterANotice() {
        try (TestCluster cluster = cluster()) {
            TestClient client = TestClient.unopened();
            ChatSession session = open(cluster.node(), in(Duration.ofMillis(500)), client);
            await().until(() -> client.closed() != null);

            assertThat(client.closed()).isEqualTo(CloseReason.EXPIRED);
            assertThat(client.received().stream().map(Envelope::event).map(ChatEvent::kind))
                    .containsExactly(EventKind.EXPIRING, EventKind.DISCONNECTED);
            assertThat(client.received().get(1).event())
                    .isInstanceOfSatisfying(
                            Notice.class, last -> assertThat(last.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
            assertThat(failure(session.renew(Principal.of(ALICE)))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(session.send(ChatEvent.message(ALICE, UserId.of("bob"), "too late"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void G16_theSameUserRenewsTheSessionAndNobodyElse() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(proposal -> CompletableFuture.completedFuture(
                    proposal.author().claim("role") == null ? Verdict.refuse("no role") : Verdict.accept())));
            TestClient client = TestClient.unopened();
            ChatSession session = open(node, in(Duration.ofSeconds(20)), client);
            client.awaitFirst(each -> each.event().kind() == EventKind.EXPIRING);
            ChatEvent.Message message = ChatEvent.message(ALICE, UserId.of("bob"), "hello");
            assertThat(failure(session.send(message))).isEqualTo(ErrorCode.REJECTED);

            assertThat(failure(session.renew(Principal.of(UserId.of("mallory")))))
                    .isEqualTo(ErrorCode.FORBIDDEN);
            assertThat(failure(session.renew(in(Duration.ofSeconds(-1))))).isEqualTo(ErrorCode.UNAUTHORIZED);
            join(session.renew(in(Duration.ofHours(12)).withClaims(Map.of("role", "staff"))));
            join(session.send(message));
            assertThat(client.received()).hasSize(1);
            join(session.renew(in(Duration.ofMillis(200))));
            await().until(() -> Objects.equals(client.closed(), CloseReason.EXPIRED));
            assertThat(client.count(EventKind.EXPIRING)).isEqualTo(2);
        }
    }

    @Test
    void G16_anExpiredPrincipalOpensNoSession() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();

            assertThat(failure(node.open(
                            in(Duration.ofSeconds(-1)), SessionOptions.of(DeviceId.DEFAULT), TestClient.unopened())))
                    .isEqualTo(ErrorCode.UNAUTHORIZED);
        }
    }
}
