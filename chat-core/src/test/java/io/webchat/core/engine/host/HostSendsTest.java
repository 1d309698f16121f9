package io.webchat.core.engine.host;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.UserDirectory;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.core.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application sends from any user id, past limits, blocks and memberships, with the promises of any message. */
public class HostSendsTest extends EngineSuite {
    private static final UserId NEWS = UserId.of("news");
    private static final UserId BOB = UserId.of("bob");

    private static ChatEvent.Message to(UserId user, String id, String text) {
        return ChatEvent.message(NEWS, user, MessageId.of(id), text);
    }

    private static ChatEvent.Message toRoom(String id, String text) {
        return ChatEvent.Message.from(NEWS)
                .in(TestRoom.ID)
                .id(id)
                .timestamp(1)
                .text(text)
                .build();
    }

    @Test
    void G16_aMessageOfTheHostIsStoredLoggedAndDeliveredLikeAnyOther() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient bob = TestClient.open(cluster.node(), "bob");

            SendResult first = join(node.host().send(to(BOB, "m1", "hello")));

            bob.awaitMessages("m1");
            assertThat(join(node.host().send(to(BOB, "m1", "hello"))))
                    .isEqualTo(new SendResult(MessageId.of("m1"), 0, first.storedAt(), true));
            assertThat(failure(node.host().send(to(BOB, "m1", "other")))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(join(node.callLogs().messages(BOB, ConversationId.direct(NEWS, BOB), 9, ""))
                            .items())
                    .extracting(each -> each.message().text())
                    .containsExactly("hello");
        }
    }

    @Test
    void G16_theHostReachesUsersWhoBlockedTheAuthorOrWhomTheDirectoryDoesNotKnow() {
        UserDirectory nobody = user -> CompletableFuture.completedFuture(false);
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.userDirectory(nobody));
            TestClient bob = TestClient.open(node, "bob");
            join(node.profiles().block(BOB, NEWS));

            assertThat(failure(node.send(to(BOB, "m1", "as a user")))).isEqualTo(ErrorCode.NOT_FOUND);
            join(node.host().send(to(BOB, "m2", "as the host")));

            bob.awaitMessages("m2");
        }
    }

    @Test
    void G16_noRateLimitHoldsForTheHost() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .messagesPerSecond(1)
                    .fanoutBytesPerSecond(1)
                    .burst(Duration.ofMillis(1))
                    .build()));

            List<SendResult> answers = IntStream.range(0, 20)
                    .mapToObj(i -> join(node.host().send(to(BOB, "m" + i, "text"))))
                    .toList();

            assertThat(answers).allSatisfy(each -> assertThat(each.duplicate()).isFalse());
        }
    }

    @Test
    void G16_theHostWritesIntoRoomsWithoutBeingAMember() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient alice = TestClient.open(node, "alice");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            join(node.profiles().block(BOB, NEWS));

            assertThat(failure(node.send(toRoom("m1", "as a user")))).isEqualTo(ErrorCode.NOT_FOUND);
            join(node.host().send(toRoom("m2", "as the host")));
            assertThat(join(node.host().send(toRoom("m2", "as the host"))).duplicate())
                    .isTrue();

            alice.awaitMessages("m2");
            bob.awaitMessages("m2");
            assertThat(TestRoom.history(node, "alice"))
                    .extracting(LoggedMessage::message)
                    .extracting(ChatEvent.Message::from)
                    .containsExactly(NEWS);
            alice.session();
        }
    }

    @Test
    void G16_noPolicyJudgesTheHost() {
        MessagePolicy refusing = proposal -> CompletableFuture.completedFuture(Verdict.refuse("nothing passes today"));
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.messagePolicies(refusing));
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            assertThat(failure(node.send(to(BOB, "m1", "as a user")))).isEqualTo(ErrorCode.REJECTED);

            join(node.host().send(to(BOB, "m2", "as the host")));
            join(node.host().send(toRoom("m3", "as the host")));

            bob.awaitMessages("m2", "m3");
        }
    }

    @Test
    void theAuthorsDevicesGetACopy() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient news = TestClient.open(cluster.node(), "news");

            join(node.host().send(to(BOB, "m1", "hello")));

            news.awaitMessages("m1");
            assertThat(news.count(EventKind.MESSAGE)).isEqualTo(1);
        }
    }

    @Test
    void whatNoUserMaySendTheHostMayNotEither() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            String large = "x".repeat(node.config().maxTextBytes() + 1);

            assertThat(failure(node.host().send(to(BOB, "m1", "")))).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(failure(node.host().send(to(BOB, "m1", large)))).isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(failure(node.host().send(ChatEvent.roomMessage(NEWS, RoomId.of("nowhere"), "text"))))
                    .isEqualTo(ErrorCode.NOT_FOUND);
            node.close(Duration.ZERO);
            assertThat(failure(node.host().send(to(BOB, "m1", "late")))).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }
}
