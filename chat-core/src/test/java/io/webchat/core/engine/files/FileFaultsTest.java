package io.webchat.core.engine.files;

import static io.webchat.core.engine.files.TestFiles.ALICE;
import static io.webchat.core.engine.files.TestFiles.BOB;
import static io.webchat.core.engine.files.TestFiles.assertRefused;
import static io.webchat.core.engine.files.TestFiles.isWhole;
import static io.webchat.core.engine.files.TestFiles.message;
import static io.webchat.core.engine.files.TestFiles.open;
import static io.webchat.core.engine.files.TestFiles.stored;
import static io.webchat.core.engine.files.TestFiles.upload;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.Attachments;
import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.Faults;
import io.webchat.core.testing.TestClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that fails or hangs makes its callers hear unavailable; nothing else of the chat waits for it. */
public class FileFaultsTest extends EngineSuite {
    @ParameterizedTest
    @EnumSource(
            value = Faults.Fault.class,
            names = {"REFUSE", "HANG"})
    void everyStepIsUnavailableWithinTheTimeout(Faults.Fault fault) {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.impatientNode();
            StoredAttachment file = upload(node, ALICE);
            join(node.send(message("m1", file)));
            AttachmentUpload upload = join(node.attachments().upload(ALICE, "x"));
            try (AttachmentReader reader = join(node.attachments().open(ALICE, file.id()))) {
                cluster.attachments.writing.always(fault);
                cluster.attachments.keeping.always(fault);
                cluster.attachments.reading.always(fault);
                cluster.attachments.deleting.always(fault);

                assertUnavailable(
                        node.attachments().upload(ALICE, "x"),
                        upload.write(ByteBuffer.allocate(1)),
                        reader.read(0, 1),
                        node.attachments().open(ALICE, file.id()),
                        open(node, BOB, "m1", file.id()),
                        node.attachments().delete(ALICE, file.id()),
                        node.send(message("m2", file)),
                        node.host().erase(ALICE));
            }
        }
    }

    private static void assertUnavailable(CompletionStage<?>... stages) {
        for (CompletionStage<?> each : stages) {
            assertRefused(ErrorCode.UNAVAILABLE, each);
        }
    }

    @Test
    void aTextGoesOnWhileTheStoreHangsAndAMessageWithFilesIsSentAgainAfterwards() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.impatientNode();
            TestClient alice = TestClient.open(node, "alice");
            StoredAttachment file = upload(node, ALICE);
            cluster.attachments.keeping.always(Faults.Fault.HANG);

            assertRefused(ErrorCode.UNAVAILABLE, alice.session().send(message("m1", file)));
            alice.send("bob", "m2", "a text");
            cluster.attachments.keeping.next(1, Faults.Fault.LOSE_ANSWER);
            assertRefused(ErrorCode.UNAVAILABLE, alice.session().send(message("m1", file)));
            join(alice.session().send(message("m1", file)));

            TestClient bob = TestClient.open(cluster.node(), "bob");
            bob.awaitMessages("m2", "m1");
            assertThat(isWhole(open(node, BOB, "m1", file.id()))).isTrue();
        }
    }

    @Test
    void G18_anUploadThatTheStoreHasNotEndedCountsAlsoAfterTheTimeout() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.impatientNode();
            AttachmentUpload first = join(node.attachments().upload(ALICE, "x"));
            CompletableFuture<Void> goOn = cluster.attachments.writing.nextIsHeld();
            cluster.attachments.writing.always(Faults.Fault.HOLD);
            List<CompletionStage<?>> all = new ArrayList<>(List.of(first.finish()));
            for (int i = 1; i < Attachments.MAX_UPLOADS; i++) {
                all.add(node.attachments().upload(ALICE, "x"));
            }
            all.forEach(each -> assertRefused(ErrorCode.UNAVAILABLE, each));
            assertRefused(ErrorCode.UNAVAILABLE, first.abort());

            assertRefused(ErrorCode.RATE_LIMITED, node.attachments().upload(ALICE, "one more"));

            cluster.attachments.writing.heal();
            goOn.complete(null);
            await().untilAsserted(() -> {
                AttachmentUpload next = join(node.attachments().upload(ALICE, "x"));
                join(next.abort());
            });
        }
    }

    @Test
    void anUploadThatBeginsAfterTheTimeoutIsGivenUpAndAnAbortFollowsALateWrite() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.impatientNode();
            AttachmentUpload upload = join(node.attachments().upload(ALICE, "x"));
            CompletableFuture<Void> goOn = cluster.attachments.writing.nextIsHeld();
            assertRefused(ErrorCode.UNAVAILABLE, upload.write(ByteBuffer.allocate(10)));
            CompletionStage<Void> aborted = upload.abort();
            goOn.complete(null);
            join(aborted);

            CompletableFuture<Void> begin = cluster.attachments.writing.nextWaits();
            assertRefused(ErrorCode.UNAVAILABLE, node.attachments().upload(ALICE, "y"));
            begin.complete(null);

            await().untilAsserted(() -> assertThat(stored(cluster)).isEmpty());
            assertThat(upload(node, ALICE).name()).isEqualTo("boat.png");
        }
    }
}
