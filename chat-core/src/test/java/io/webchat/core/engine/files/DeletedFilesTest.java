package io.webchat.core.engine.files;

import static io.webchat.core.engine.files.TestFiles.ALICE;
import static io.webchat.core.engine.files.TestFiles.BOB;
import static io.webchat.core.engine.files.TestFiles.TALK;
import static io.webchat.core.engine.files.TestFiles.assertRefused;
import static io.webchat.core.engine.files.TestFiles.isWhole;
import static io.webchat.core.engine.files.TestFiles.message;
import static io.webchat.core.engine.files.TestFiles.open;
import static io.webchat.core.engine.files.TestFiles.received;
import static io.webchat.core.engine.files.TestFiles.ref;
import static io.webchat.core.engine.files.TestFiles.stored;
import static io.webchat.core.engine.files.TestFiles.upload;
import static io.webchat.core.engine.files.TestFiles.whole;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.SendResult;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files go with their message and with their owner; nothing is left in the log, in the queues and in the store. */
public class DeletedFilesTest extends EngineSuite {
    private static List<LoggedMessage> history(Chat node) {
        return join(node.callLogs().messages(BOB, TALK, 9, "")).items();
    }

    private static Amendment deletion(ChatEvent.Message message) {
        return Amendment.by(ALICE).of(message).delete();
    }

    @Test
    void G17_aDeletedMessageTakesItsFilesAlong() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            StoredAttachment other = upload(node, ALICE);
            ChatEvent.Message message = message("m1", file);
            join(node.send(message));
            join(node.send(message("m2", other)));

            join(cluster.node().send(deletion(message)));

            assertThat(stored(cluster)).containsExactly(other.id());
            assertRefused(ErrorCode.NOT_FOUND, open(node, BOB, "m1", file.id()));
            assertThat(isWhole(open(node, BOB, "m2", other.id()))).isTrue();
            assertThat(history(node).get(1).message().content().attachments()).isEmpty();
            TestClient bob = TestClient.amending(node, "bob", "default");
            bob.awaitMessages("m1", "m2");
            assertThat(received(bob)).containsExactly(List.of(), List.of(whole(other)));
            assertThat(join(node.send(message)).duplicate()).isTrue();
        }
    }

    @Test
    void G17_whatTheApplicationOrAnOwnerDeletesLosesItsFilesToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node, "bob");
            StoredAttachment one = upload(node, ALICE);
            StoredAttachment two = upload(node, BOB);
            join(node.send(message("m1", one)));
            ChatEvent.Message inRoom = ChatEvent.Message.from(BOB)
                    .in(TestRoom.ID)
                    .id("m2")
                    .attachments(ref(two))
                    .build();
            join(node.send(inRoom));

            join(node.host().delete(TALK, ALICE, message("m1").id()));
            join(node.send(Amendment.by(ALICE).of(inRoom).delete()));

            assertThat(stored(cluster)).isEmpty();
            assertThat(join(cluster.attachments.list(BOB))).isEmpty();
        }
    }

    @Test
    void G17_aDeletionThatTheStoreRefusedIsCompletedByItsRepetition() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            ChatEvent.Message message = message("m1", file);
            join(node.send(message));
            Amendment deletion = deletion(message);

            cluster.attachments.deleting.next(1, Faults.Fault.REFUSE);
            assertRefused(ErrorCode.UNAVAILABLE, node.send(deletion));
            cluster.attachments.deleting.next(1, Faults.Fault.LOSE_ANSWER);
            assertRefused(ErrorCode.UNAVAILABLE, node.send(deletion));
            join(cluster.node().send(deletion));

            assertThat(stored(cluster)).isEmpty();
            assertThat(history(node).get(0).message().deletion()).isNotNull();
        }
    }

    @Test
    void G17_anEditThatComesAfterTheDeletionLeavesNoFile() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ChatEvent.Message message = message("m1", upload(node, ALICE));
            join(node.send(message));
            StoredAttachment added = upload(node, ALICE);
            int writes = cluster.callLog.writing.calls();
            CompletableFuture<Void> goOn = cluster.callLog.writing.nextIsHeld();
            CompletionStage<SendResult> edit = node.send(Amendment.by(ALICE)
                    .of(message)
                    .edit(MessageContent.builder().attachments(ref(added)).build()));
            await().until(() -> cluster.callLog.writing.calls() > writes);

            join(cluster.node().send(deletion(message)));
            goOn.complete(null);

            assertRefused(ErrorCode.NOT_FOUND, edit);
            assertThat(stored(cluster)).isEmpty();
        }
    }

    @Test
    void G17_aDeletionThatOverlapsAnEditDeletesTheFilesOfTheEditToo() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ChatEvent.Message message = message("m1", upload(node, ALICE));
            join(node.send(message));
            StoredAttachment added = upload(node, ALICE);
            int deletions = cluster.attachments.deleting.calls();
            CompletableFuture<Void> goOn = cluster.attachments.deleting.nextIsHeld();
            CompletionStage<SendResult> deleted = cluster.node().send(deletion(message));
            await().until(() -> cluster.attachments.deleting.calls() > deletions);
            join(node.send(Amendment.by(ALICE)
                    .of(message)
                    .edit(MessageContent.builder().attachments(ref(added)).build())));

            goOn.complete(null);

            join(deleted);
            assertThat(stored(cluster)).isEmpty();
            assertThat(history(node).get(0).message().deletion()).isNotNull();
        }
    }

    @Test
    void G18_anOldEditThatIsSentAgainLeavesTheFilesOfANewerOne() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ChatEvent.Message message = message("m1", upload(node, ALICE));
            join(node.send(message));
            Amendment old = Amendment.by(ALICE).of(message).edit(MessageContent.text("text only"));
            join(node.send(old));
            StoredAttachment added = upload(node, ALICE);
            join(cluster.node()
                    .send(Amendment.by(ALICE)
                            .of(message)
                            .edit(MessageContent.builder()
                                    .attachments(ref(added))
                                    .build())));

            assertThat(join(node.send(old)).duplicate()).isTrue();

            assertThat(stored(cluster)).containsExactly(added.id());
            assertThat(isWhole(open(node, BOB, "m1", added.id()))).isTrue();
        }
    }

    private static Amendment edit(ChatEvent.Message message, StoredAttachment... files) {
        AttachmentRef[] named = Stream.of(files).map(TestFiles::ref).toArray(AttachmentRef[]::new);
        return Amendment.by(ALICE)
                .of(message)
                .edit(MessageContent.builder().attachments(named).build());
    }

    /** Sends an edit whose step in the call log waits until it is let go on. */
    private static CompletableFuture<Void> sendHeld(
            TestCluster cluster, Chat node, Amendment edit, List<CompletionStage<SendResult>> answers) {
        int writes = cluster.callLog.writing.calls();
        CompletableFuture<Void> goOn = cluster.callLog.writing.nextIsHeld();
        answers.add(node.send(edit));
        await().until(() -> cluster.callLog.writing.calls() > writes);
        return goOn;
    }

    @Test
    void G17_anEditRemovesTheFilesOfAnEditThatWasSentJustBefore() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ChatEvent.Message message = message("m1", upload(node, ALICE));
            join(node.send(message));
            StoredAttachment stays = upload(node, ALICE);
            StoredAttachment goes = upload(node, ALICE);
            List<CompletionStage<SendResult>> answers = new ArrayList<>();
            CompletableFuture<Void> first = sendHeld(cluster, node, edit(message, stays, goes), answers);
            CompletableFuture<Void> second = sendHeld(cluster, node, edit(message, stays), answers);

            first.complete(null);
            join(answers.get(0));
            second.complete(null);
            join(answers.get(1));

            assertThat(stored(cluster)).containsExactly(stays.id());
            assertThat(isWhole(open(node, BOB, "m1", stays.id()))).isTrue();
        }
    }

    @Test
    void G17_anEditThatComesToTheLogTooLateLeavesNoFileOfItsOwn() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            ChatEvent.Message message = message("m1", upload(node, ALICE));
            join(node.send(message));
            StoredAttachment stays = upload(node, ALICE);
            StoredAttachment goes = upload(node, ALICE);
            List<CompletionStage<SendResult>> answers = new ArrayList<>();
            CompletableFuture<Void> first = sendHeld(cluster, node, edit(message, stays, goes), answers);
            join(cluster.node().send(edit(message, stays)));

            first.complete(null);
            join(answers.get(0));

            assertThat(stored(cluster)).containsExactly(stays.id());
        }
    }

    @Test
    void G17_anOlderEditDeletesNoFileThatANewerOneNames() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment one = upload(node, ALICE);
            StoredAttachment two = upload(node, ALICE);
            ChatEvent.Message message = message("m1", one);
            join(node.send(message));
            join(node.send(edit(message, one, two)));
            List<CompletionStage<SendResult>> answers = new ArrayList<>();
            CompletableFuture<Void> older = sendHeld(cluster, node, edit(message, one), answers);
            join(cluster.node().send(edit(message, two, one)));

            older.complete(null);
            join(answers.get(0));

            assertThat(isWhole(open(node, BOB, "m1", two.id()))).isTrue();
            assertThat(stored(cluster)).containsExactlyInAnyOrder(one.id(), two.id());
        }
    }

    @Test
    void aReactionDeletesNoFile() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            ChatEvent.Message message = message("m1", file);
            join(node.send(message));

            join(node.send(Amendment.by(BOB).of(message).react("+1")));

            assertThat(isWhole(open(node, BOB, "m1", file.id()))).isTrue();
        }
    }

    @Test
    void G16_anErasureDeletesAllFilesOfTheUserAndAnExportListsThem() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment pending = upload(node, ALICE);
            StoredAttachment kept = upload(node, ALICE);
            StoredAttachment ofBob = upload(node, BOB);
            join(node.send(message("m1", kept)));
            List<String> lines = new ArrayList<>();
            join(node.host().export(ALICE, line -> {
                lines.add(line);
                return CompletableFuture.completedFuture(null);
            }));

            join(cluster.node().host().erase(ALICE));

            for (StoredAttachment each : List.of(pending, kept)) {
                assertThat(lines)
                        .contains("{\"kind\":\"attachment\",\"id\":\"" + each.id() + "\",\"name\":\"boat.png\","
                                + "\"type\":\"image/png\",\"bytes\":17,\"createdAt\":" + each.createdAt() + "}");
            }
            assertThat(lines)
                    .anyMatch(each -> each.contains("\"kind\":\"message\"")
                            && each.contains("\"Attachments\":[{\"id\":\"" + kept.id() + "\""));
            assertThat(stored(cluster)).isEmpty();
            assertThat(join(cluster.attachments.list(BOB))).containsExactly(ofBob.id());
        }
    }
}
