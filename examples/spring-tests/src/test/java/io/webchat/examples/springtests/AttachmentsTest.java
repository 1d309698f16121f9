package io.webchat.examples.springtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Chat;
import io.webchat.core.files.FileAttachmentStore;
import io.webchat.core.ids.UserId;
import io.webchat.core.memory.MemoryAttachmentStore;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.dynamo.s3.S3AttachmentStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The properties webchat.attachments.* choose the place of files and their limits, and beans take their places. */
class AttachmentsTest {
    private static final UserId ALICE = UserId.of("alice");

    @TempDir
    Path folder = Path.of("");

    private static ApplicationContextRunner with(String... properties) {
        return Runners.withAuthenticator().withPropertyValues(properties);
    }

    private static StoredAttachment uploaded(Chat chat) throws Exception {
        return chat.attachments()
                .upload(ALICE, "x")
                .thenCompose(AttachmentUpload::finish)
                .toCompletableFuture()
                .get();
    }

    private static void assertFailure(ApplicationContextRunner application, String message) {
        application.run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
    }

    @Test
    void withoutAPlaceNobodyUploadsFilesAndTheLimitsAreThoseOfTheChat() {
        with().run(context -> {
            assertThat(context).doesNotHaveBean(AttachmentStore.class);
            assertThat(context.getBean(AttachmentLimits.class)).isEqualTo(AttachmentLimits.DEFAULT);
        });
    }

    @Test
    void filesAreInMemoryWithinTheLimits() {
        with(
                        "webchat.attachments.memory=true",
                        "webchat.attachments.max-size=1KB",
                        "webchat.attachments.quota=20KB",
                        "webchat.attachments.pending-age=2h")
                .run(context -> {
                    AttachmentStore files = context.getBean(AttachmentStore.class);
                    assertThat(files).isInstanceOf(MemoryAttachmentStore.class);
                    assertThat(files.limits()).isEqualTo(new AttachmentLimits(1_024, 20_480, Duration.ofHours(2)));
                    assertThat(context.getBean(Chat.class).attachments().maxBytes())
                            .isEqualTo(1_024);
                });
    }

    @Test
    void filesAreInAFolder() {
        with("webchat.attachments.folder=" + folder.resolve("files")).run(context -> {
            assertThat(context.getBean(AttachmentStore.class)).isInstanceOf(FileAttachmentStore.class);

            StoredAttachment file = uploaded(context.getBean(Chat.class));

            assertThat(folder).isDirectoryRecursivelyContaining("glob:**" + file.id() + ".data");
        });
    }

    @Test
    void filesAreInABucket() {
        AttachmentLimits limits = new AttachmentLimits(1, AttachmentLimits.FILE_COST, Duration.ofHours(1));
        with("webchat.attachments.bucket=files/of-the-chat")
                .withBean(S3AsyncClient.class, BelievedBucket::new)
                .withBean(AttachmentLimits.class, () -> limits)
                .run(context -> {
                    AttachmentStore files = context.getBean(AttachmentStore.class);
                    assertThat(files).isInstanceOf(S3AttachmentStore.class);
                    assertThat(files.limits()).isEqualTo(limits);
                });
    }

    @Test
    void aBeanTakesThePlaceOfTheProperties() {
        AttachmentStore own = MemoryAttachmentStore.create(AttachmentLimits.DEFAULT, Clock.systemUTC());
        with("webchat.attachments.folder=" + folder.resolve("unused"))
                .withBean("own", AttachmentStore.class, () -> own)
                .run(context -> {
                    StoredAttachment file = uploaded(context.getBean(Chat.class));

                    assertThat(own.list(ALICE).toCompletableFuture().get()).containsExactly(file.id());
                    assertThat(folder).isEmptyDirectory();
                });
    }

    @Test
    void aPlaceThatCannotBeUsedIsNamedAtTheStart() {
        assertFailure(
                with("webchat.attachments.memory=true", "webchat.attachments.folder=" + folder),
                "set one of webchat.attachments.memory, folder and bucket");
        assertFailure(with("webchat.attachments.folder="), "webchat.attachments.folder is empty");
        ApplicationContextRunner bucket = with("webchat.attachments.bucket=files");
        assertFailure(
                bucket.withClassLoader(new FilteredClassLoader(S3AsyncClient.class)),
                "webchat.attachments.bucket needs chat-dynamo and software.amazon.awssdk:s3");
        bucket.withBean(S3AsyncClient.class, UnusableBucket::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("webchat.attachments.bucket: PutObject of the files fails"));
    }

    /** A client without any operation. */
    private static final class UnusableBucket implements S3AsyncClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
