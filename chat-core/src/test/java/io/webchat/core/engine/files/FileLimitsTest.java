package io.webchat.core.engine.files;

import static io.webchat.core.engine.files.TestFiles.ALICE;
import static io.webchat.core.engine.files.TestFiles.BOB;
import static io.webchat.core.engine.files.TestFiles.assertRefused;
import static io.webchat.core.engine.files.TestFiles.message;
import static io.webchat.core.engine.files.TestFiles.open;
import static io.webchat.core.engine.files.TestFiles.refusal;
import static io.webchat.core.engine.files.TestFiles.upload;
import static io.webchat.core.testing.TestClient.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Attachments;
import io.webchat.core.Chat;
import io.webchat.core.ErrorCode;
import io.webchat.core.engine.EngineSuite;
import io.webchat.core.engine.TestCluster;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.testing.TestClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every limit of files has a name and holds exactly, and a chat without a store says so. */
final class FileLimitsTest extends EngineSuite {
    @Test
    void withoutAStoreEveryCallAndEveryMessageWithFilesIsForbiddenAndOthersAreNot() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.attachments(null));
            TestClient alice = TestClient.open(node, "alice");
            AttachmentId id = AttachmentId.of("a");
            StoredAttachment file = new StoredAttachment(id, ALICE, "x", "text/plain", 1, 1);

            for (CompletionStage<?> each : List.of(
                    node.attachments().upload(ALICE, "x"),
                    node.attachments().open(ALICE, id),
                    open(node, ALICE, "m1", id),
                    node.attachments().delete(ALICE, id))) {
                assertRefused(ErrorCode.FORBIDDEN, each);
                assertThat(refusal(each).detail()).isEqualTo("this server takes no files");
            }
            assertRefused(ErrorCode.FORBIDDEN, alice.session().send(message("m1", file)));
            assertThat(refusal(node.send(message("m1", file))).detail())
                    .isEqualTo("Attachments: this server takes no files");
            alice.send("bob", "m1", "a text");
            join(node.host().erase(ALICE));
        }
    }

    @Test
    void G18_aNameHasUpTo255CharactersAndNoLineBreaks() {
        try (TestCluster cluster = cluster()) {
            Attachments files = cluster.node().attachments();

            for (String good : List.of("", "x", "👋".repeat(255), "a/b\\c \"d\"")) {
                join(join(files.upload(ALICE, good)).abort());
            }
            for (String bad : List.of("x".repeat(256), "a\nb", "a\u0000", " ", "\ud83d")) {
                assertRefused(ErrorCode.BAD_REQUEST, files.upload(ALICE, bad));
            }
        }
    }

    @Test
    void G18_aFileAndTheQuotaOfAUserAreTakenUpToTheirLimits() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node();
            for (int i = 0; i < 29; i++) {
                assertThat(upload(node, ALICE, 1_000).bytes()).isEqualTo(1_000);
            }
            AttachmentUpload larger = join(node.attachments().upload(ALICE, "larger"));
            assertThat(refusal(larger.write(ByteBuffer.allocate(1_001))).detail())
                    .isEqualTo("the file has more than 1000 bytes, the limit");
            join(larger.abort());
            upload(node, ALICE, 1_000);

            assertRefused(ErrorCode.TOO_LARGE, node.attachments().upload(ALICE, "one more"));
            upload(node, BOB, 1_000);
        }
    }

    @Test
    void G18_fiveUploadsAtOnceAreTakenAndOneMoreIsRefusedUntilOneEnds() {
        try (TestCluster cluster = cluster()) {
            Attachments files = cluster.node().attachments();
            List<AttachmentUpload> all = IntStream.range(0, Attachments.MAX_UPLOADS)
                    .mapToObj(i -> join(files.upload(ALICE, "x")))
                    .toList();

            assertThat(refusal(files.upload(ALICE, "one more")).detail())
                    .isEqualTo("you have 5 uploads under way, the limit");
            join(join(files.upload(BOB, "of another user")).abort());
            join(all.get(0).finish());
            join(all.get(0).abort());
            join(all.get(1).abort());
            join(all.get(1).abort());

            AttachmentUpload sixth = join(files.upload(ALICE, "y"));
            join(files.upload(ALICE, "z"));
            assertRefused(ErrorCode.RATE_LIMITED, files.upload(ALICE, "one more"));
            assertThat(refusal(sixth.write(ByteBuffer.allocate(1_001))).code()).isEqualTo(ErrorCode.TOO_LARGE);
            join(sixth.abort());
            join(files.upload(ALICE, "z"));
        }
    }

    @Test
    void G18_anUploadCountsAsAMessageForTheRate() {
        try (TestCluster cluster = cluster()) {
            Chat node = cluster.node(builder -> builder.config(TestCluster.config()
                    .messagesPerSecond(1)
                    .burst(Duration.ofSeconds(3))
                    .build()));

            for (int i = 0; i < 3; i++) {
                upload(node, ALICE, 1);
            }

            assertRefused(ErrorCode.RATE_LIMITED, node.attachments().upload(ALICE, "one more"));
            upload(node, BOB, 1);
        }
    }
}
