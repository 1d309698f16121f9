package io.webchat.core.engine.files;

import static io.webchat.core.engine.files.TestFiles.ALICE;
import static io.webchat.core.engine.files.TestFiles.BOB;
import static io.webchat.core.engine.files.TestFiles.TALK;
import static io.webchat.core.engine.files.TestFiles.assertRefused;
import static io.webchat.core.engine.files.TestFiles.message;
import static io.webchat.core.engine.files.TestFiles.received;
import static io.webchat.core.engine.files.TestFiles.ref;
import static io.webchat.core.engine.files.TestFiles.refusal;
import static io.webchat.core.engine.files.TestFiles.toBob;
import static io.webchat.core.engine.files.TestFiles.upload;
import static io.webchat.core.engine.files.TestFiles.whole;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.policy.MessagePolicy;
import io.webchat.core.policy.Verdict;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message brings its files to everybody as the store knows them, and each file belongs to one message. */
public class MessageFilesTest extends EngineSuite {
    @Test
    void G18_aPictureWithoutTextReachesTheRecipientTheOtherDevicesAndTheHistory() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient phone = TestClient.open(cluster.node(), "alice", "phone", 0, TestClient.Answer.CONFIRM);
            TestClient alice = TestClient.open(node, "alice");
            StoredAttachment file = upload(cluster.node(), ALICE);
            AttachmentRef sent = new AttachmentRef(file.id(), "forged.exe", "text/html", 1, 1200, 800);

            join(alice.session().send(toBob("m1").attachments(sent).build()));

            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m1");
            phone.awaitMessages("m1");
            AttachmentRef whole = whole(file).withPixels(1200, 800);
            assertThat(whole.type()).isEqualTo("image/png");
            assertThat(received(bob)).containsExactly(List.of(whole));
            assertThat(received(phone)).containsExactly(List.of(whole));
            assertThat(join(cluster.node().callLogs().messages(BOB, TALK, 9, ""))
                            .items())
                    .extracting(LoggedMessage::message)
                    .extracting(each -> each.content().attachments())
                    .containsExactly(List.of(whole));
        }
    }

    @Test
    void G18_tenFilesReachTheMembersOfARoom() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            TestClient bob = TestClient.open(cluster.node(), "bob");
            List<StoredAttachment> all =
                    IntStream.range(0, 10).mapToObj(i -> upload(node, ALICE)).toList();

            join(node.send(ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .id("m1")
                    .text("ten")
                    .attachments(all.stream().map(TestFiles::ref).toList())
                    .build()));

            TestRoom.awaitMessages(bob, "m1");
            ChatEvent.Message inHistory = TestRoom.history(node, "bob").stream()
                    .map(LoggedMessage::message)
                    .filter(each -> each.id().value().equals("m1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(inHistory.content().attachments())
                    .containsExactlyElementsOf(
                            all.stream().map(TestFiles::whole).toList());
        }
    }

    @Test
    void G12_aFileThatIsNotTheAuthorsIsRefusedByName() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            StoredAttachment foreign = upload(node, BOB);
            ChatEvent.Message stolen = message("m1", foreign);
            ChatEvent.Message invented = toBob("m2")
                    .attachments(AttachmentRef.of(AttachmentId.of("none")))
                    .build();

            for (CompletionStage<?> each : List.of(
                    alice.session().send(stolen),
                    alice.session().send(invented),
                    node.send(stolen),
                    node.host().send(stolen))) {
                assertRefused(ErrorCode.BAD_REQUEST, each);
            }
            assertThat(refusal(node.send(invented)).detail()).startsWith("Attachments names none, which is no file");
            assertThat(join(node.callLogs().messages(BOB, TALK, 9, "")).items()).isEmpty();
        }
    }

    @Test
    void aFileBelongsToOneMessageAndIsNotForwarded() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            join(node.send(message("m1", file)));

            assertThat(refusal(cluster.node().send(message("m2", file))).detail())
                    .endsWith("or belongs to another message");
            assertRefused(
                    ErrorCode.BAD_REQUEST,
                    node.send(ChatEvent.Message.from(ALICE)
                            .to(ALICE)
                            .id("m1")
                            .attachments(ref(file))
                            .build()));
        }
    }

    @Test
    void G2_aResendIsAnsweredAsTheFirstTimeAlthoughTheStoreFailsOrTheFileIsGone() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestClient alice = TestClient.open(node, "alice");
            StoredAttachment file = upload(node, ALICE);
            ChatEvent.Message message = message("m1", file);
            long storedAt = join(alice.session().send(message)).storedAt();

            assertThat(join(alice.session().send(message)).duplicate()).isTrue();
            cluster.attachments.keeping.always(Faults.Fault.REFUSE);
            assertThat(join(cluster.node().send(message)).storedAt()).isEqualTo(storedAt);
            cluster.attachments.keeping.heal();
            join(cluster.attachments.delete(file.id()));
            assertThat(join(alice.session().send(message)).storedAt()).isEqualTo(storedAt);

            assertRefused(
                    ErrorCode.BAD_REQUEST,
                    alice.session()
                            .send(message.withContent(
                                    message.content().toBuilder().text("x").build())));
            TestClient bob = TestClient.open(node, "bob");
            bob.awaitMessages("m1");
            assertThat(received(bob)).containsExactly(List.of(whole(file)));
        }
    }

    @Test
    void anEditKeepsAddsAndRemovesFiles() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment first = upload(node, ALICE);
            StoredAttachment second = upload(node, ALICE);
            StoredAttachment third = upload(node, ALICE);
            ChatEvent.Message message = message("m1", first, second);
            join(node.send(message));
            MessageContent content = MessageContent.builder()
                    .text("two other")
                    .attachments(ref(second).withPixels(3, 4), ref(third))
                    .build();

            join(cluster.node().send(Amendment.by(ALICE).of(message).edit(content)));

            assertThat(join(node.callLogs().messages(BOB, TALK, 9, "")).items())
                    .extracting(each -> each.message().content().attachments())
                    .containsExactly(List.of(whole(second).withPixels(3, 4), whole(third)));
            assertThat(TestFiles.stored(cluster)).containsExactlyInAnyOrder(second.id(), third.id());
            assertRefused(ErrorCode.BAD_REQUEST, node.send(message("m2", third)));
        }
    }

    @Test
    void policiesSeeTheFilesAsTheStoreKnowsThemAndRefusedOnesStayPending() {
        try (TestCluster cluster = cluster()) {
            MessagePolicy noPictures = proposal -> CompletableFuture.completedFuture(
                    ((ChatEvent.Message) proposal.event())
                                    .content().attachments().stream()
                                            .anyMatch(each -> each.type().startsWith("image/"))
                            ? Verdict.refuse("no pictures")
                            : Verdict.accept());
            Chat node = cluster.node(builder -> builder.messagePolicies(noPictures));
            StoredAttachment file = upload(node, ALICE);
            AttachmentRef disguised = ref(file).withFile("x.txt", "text/plain", 1);

            assertRefused(
                    ErrorCode.REJECTED,
                    node.send(toBob("m1").attachments(disguised).build()));

            join(node.attachments().delete(ALICE, file.id()));
        }
    }

    @Test
    void aPolicyMayTakeFilesOutOfAMessageAndAResendIsKnown() {
        try (TestCluster cluster = cluster()) {
            MessagePolicy textOnly = proposal -> {
                ChatEvent.Message message = (ChatEvent.Message) proposal.event();
                return CompletableFuture.completedFuture(
                        Verdict.replace(message.withContent(MessageContent.text("a picture"))));
            };
            Chat node = cluster.node(builder -> builder.messagePolicies(textOnly));
            StoredAttachment file = upload(node, ALICE);

            join(node.send(message("m1", file)));
            assertThat(join(node.send(message("m1", file))).duplicate()).isTrue();

            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessage("alice", "a picture");
            join(node.attachments().delete(ALICE, file.id()));
        }
    }
}
