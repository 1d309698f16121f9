package io.webchat.core.engine.files;

import static io.webchat.core.engine.files.TestFiles.ALICE;
import static io.webchat.core.engine.files.TestFiles.BOB;
import static io.webchat.core.engine.files.TestFiles.TALK;
import static io.webchat.core.engine.files.TestFiles.assertRefused;
import static io.webchat.core.engine.files.TestFiles.isWhole;
import static io.webchat.core.engine.files.TestFiles.message;
import static io.webchat.core.engine.files.TestFiles.open;
import static io.webchat.core.engine.files.TestFiles.ref;
import static io.webchat.core.engine.files.TestFiles.refusal;
import static io.webchat.core.engine.files.TestFiles.stored;
import static io.webchat.core.engine.files.TestFiles.upload;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.engine.TestRoom;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Whoever may read a message may open its files, and nobody else learns of them. */
public class FileRightsTest extends EngineSuite {
    private static final UserId MALLORY = UserId.of("mallory");

    @Test
    void G12_bothUsersOfAConversationOpenTheFileAndStrangersLearnNothing() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            join(node.send(message("m1", file)));

            assertThat(isWhole(open(cluster.node(), BOB, "m1", file.id()))).isTrue();
            assertThat(isWhole(open(node, ALICE, "m1", file.id()))).isTrue();
            assertThat(isWhole(node.attachments().open(ALICE, file.id()))).isTrue();

            assertRefused(ErrorCode.NOT_FOUND, open(node, MALLORY, "m1", file.id()));
            assertThat(refusal(open(node, MALLORY, "m1", file.id())).detail())
                    .isEqualTo(refusal(open(node, MALLORY, "none", AttachmentId.of("none")))
                            .detail());
            for (CompletionStage<?> each : List.of(
                    open(node, BOB, "none", file.id()),
                    open(node, BOB, "m1", AttachmentId.of("none")),
                    node.attachments().open(BOB, file.id()),
                    node.attachments().open(MALLORY, AttachmentId.of("none")),
                    node.attachments().delete(BOB, file.id()),
                    node.attachments().delete(MALLORY, AttachmentId.of("none")))) {
                assertRefused(ErrorCode.NOT_FOUND, each);
                assertThat(refusal(each).detail()).isEqualTo("there is no such file");
            }
        }
    }

    @Test
    void G12_nobodyOpensAPendingFileButItsOwnerWhoMayDeleteIt() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            join(node.send(message("m1", upload(node, ALICE))));

            assertRefused(ErrorCode.NOT_FOUND, open(node, BOB, "m1", file.id()));
            assertThat(isWhole(cluster.node().attachments().open(ALICE, file.id())))
                    .isTrue();
            join(node.attachments().delete(ALICE, file.id()));
            assertRefused(ErrorCode.NOT_FOUND, node.attachments().delete(ALICE, file.id()));
            assertRefused(ErrorCode.NOT_FOUND, node.attachments().open(ALICE, file.id()));
        }
    }

    @Test
    void aFileOfAMessageIsNotDeletedAlone() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment file = upload(node, ALICE);
            join(node.send(message("m1", file)));

            assertRefused(ErrorCode.FORBIDDEN, node.attachments().delete(ALICE, file.id()));

            assertThat(isWhole(open(node, BOB, "m1", file.id()))).isTrue();
        }
    }

    private static CompletionStage<Void> delete(
            Chat node, UserId user, ConversationId talk, String message, StoredAttachment file) {
        return node.attachments().delete(user, talk, new MessageRef(ALICE, MessageId.of(message)), file.id());
    }

    @Test
    void theOwnerDeletesAFileWhoseMessageIsNotInTheLog() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            StoredAttachment expired = upload(node, ALICE);
            StoredAttachment failed = upload(node, ALICE);
            join(node.send(message("m1", expired)));
            assertRefused(ErrorCode.FORBIDDEN, delete(node, ALICE, TALK, "m1", expired));
            cluster.callLog.writing.next(1, Faults.Fault.REFUSE);
            assertRefused(ErrorCode.UNAVAILABLE, node.send(message("m2", failed)));

            join(cluster.callLog.erase(TALK));

            assertRefused(ErrorCode.NOT_FOUND, delete(node, BOB, TALK, "m1", expired));
            assertRefused(ErrorCode.FORBIDDEN, delete(node, ALICE, TALK, "m2", expired));
            join(delete(node, ALICE, TALK, "m1", expired));
            join(delete(node, ALICE, TALK, "m2", failed));
            assertThat(stored(cluster)).isEmpty();
        }
    }

    @Test
    void theOwnerDeletesAFileOfARoomThatHasEnded() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            TestRoom.create(node);
            StoredAttachment file = upload(node, ALICE);
            join(node.send(ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .id("m1")
                    .attachments(ref(file))
                    .build()));
            join(node.rooms().remove(ALICE, TestRoom.ID, ALICE));

            join(delete(node, ALICE, TestRoom.TALK, "m1", file));

            assertThat(stored(cluster)).isEmpty();
        }
    }

    @Test
    void G12_membersOfARoomOpenItsFilesUnlessTheyBlockedTheAuthorOrLeft() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(
                    TestCluster.config().permissionCache(Duration.ofMillis(1)).build()));
            TestRoom.create(node, "bob", "carol");
            StoredAttachment file = upload(node, ALICE);
            join(node.send(ChatEvent.Message.from(ALICE)
                    .in(TestRoom.ID)
                    .id("m1")
                    .attachments(ref(file))
                    .build()));
            UserId carol = UserId.of("carol");
            assertThat(isWhole(open(node, BOB, TestRoom.TALK, "m1", file.id()))).isTrue();
            assertThat(isWhole(open(node, carol, TestRoom.TALK, "m1", file.id())))
                    .isTrue();

            join(node.profiles().block(BOB, ALICE));
            join(node.rooms().remove(carol, TestRoom.ID, carol));

            for (UserId each : List.of(BOB, carol, MALLORY)) {
                assertRefused(ErrorCode.NOT_FOUND, open(node, each, TestRoom.TALK, "m1", file.id()));
            }
            assertRefused(ErrorCode.NOT_FOUND, open(node, BOB, TALK, "m1", file.id()));
            assertThat(isWhole(open(node, ALICE, TestRoom.TALK, "m1", file.id())))
                    .isTrue();
        }
    }
}
