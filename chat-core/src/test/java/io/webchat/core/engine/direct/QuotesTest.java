package io.webchat.core.engine.direct;

import static io.webchat.core.testing.TestClient.failure;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.Quote;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageBuilder;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page of history shows the beginning of each message that is answered, if its reader may see that message. */
public class QuotesTest extends EngineSuite {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");

    private static MessageBuilder toBob(String id) {
        return ChatEvent.Message.from(ALICE).to(BOB).id(id);
    }

    @Test
    void anAnswerIsShownWithTheBeginningOfTheMessageThatItAnswers() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            String longText = "x".repeat(199) + "👋";
            alice.send("bob", "m1", longText);
            join(alice.session()
                    .send(toBob("m2").type("shop.order").data(Json.parse("{}")).build()));
            for (String answered : List.of("m1", "m2", "m9")) {
                join(alice.session()
                        .send(toBob("to-" + answered)
                                .text("yes")
                                .replyTo(new MessageRef(ALICE, MessageId.of(answered)))
                                .build()));
            }
            ConversationId talk = ConversationId.direct(ALICE, BOB);
            MessageRef first = new MessageRef(ALICE, MessageId.of("m1"));
            MessageRef second = new MessageRef(ALICE, MessageId.of("m2"));

            List<LoggedMessage> page =
                    join(node.callLogs().messages(BOB, talk, 4, "")).items();

            assertThat(page)
                    .extracting(each -> each.message().id().value())
                    .containsExactly("to-m9", "to-m2", "to-m1", "m2");
            assertThat(join(node.callLogs().quotes(BOB, talk, page)))
                    .isEqualTo(Map.of(
                            first, new Quote(first, "text", "x".repeat(199)),
                            second, new Quote(second, "shop.order", "")));
            assertThat(failure(node.callLogs().quotes(UserId.of("mallory"), talk, page)))
                    .isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    private static ChatEvent.Message answer(String id, String answered) {
        return toBob(id)
                .text("yes")
                .replyTo(new MessageRef(ALICE, MessageId.of(answered)))
                .build();
    }

    @Test
    void aQuoteShowsNoMessageThatTheReaderHasRemoved() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ConversationId talk = ConversationId.direct(ALICE, BOB);
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "the secret");
            join(node.callLogs().remove(BOB, talk));
            join(alice.session().send(answer("m2", "m1")));

            List<LoggedMessage> page =
                    join(node.callLogs().messages(BOB, talk, 9, "")).items();

            assertThat(page).hasSize(1);
            assertThat(join(node.callLogs().quotes(BOB, talk, page))).isEmpty();
            assertThat(join(node.callLogs().quotes(ALICE, talk, page))).hasSize(1);
        }
    }

    @Test
    void aPageLooksUpAtMostTwentyAnsweredMessagesInOneCall() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ConversationId talk = ConversationId.direct(ALICE, BOB);
            TestClient alice = TestClient.open(node, "alice");
            for (int i = 0; i < 25; i++) {
                alice.send("bob", "m" + i, "text");
            }
            for (int i = 0; i < 25; i++) {
                join(alice.session().send(answer("to-m" + i, "m" + i)));
            }
            List<LoggedMessage> page =
                    join(node.callLogs().messages(BOB, talk, 25, "")).items();
            int before = cluster.callLog.quoting.calls();

            Map<MessageRef, Quote> quotes = join(node.callLogs().quotes(BOB, talk, page));

            assertThat(quotes.keySet())
                    .extracting(each -> each.id().value())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(5, 25).mapToObj(i -> "m" + i).toList());
            assertThat(cluster.callLog.quoting.calls() - before).isEqualTo(1);
        }
    }

    @Test
    void aPageIsThereWithoutItsQuotesWhenTheCallLogFindsThemNot() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ConversationId talk = ConversationId.direct(ALICE, BOB);
            TestClient alice = TestClient.open(node, "alice");
            alice.send("bob", "m1", "text");
            join(alice.session().send(answer("m2", "m1")));
            join(alice.session().send(answer("m3", "m2")));
            List<LoggedMessage> page =
                    join(node.callLogs().messages(BOB, talk, 2, "")).items();
            cluster.callLog.quoting.always(Faults.Fault.REFUSE);

            assertThat(join(node.callLogs().quotes(BOB, talk, page)))
                    .containsOnlyKeys(new MessageRef(ALICE, MessageId.of("m2")));
        }
    }
}
