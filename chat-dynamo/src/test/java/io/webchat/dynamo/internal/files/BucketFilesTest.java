package io.webchat.dynamo.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** An upload does not wait for the deletion of the old files of others. */
final class BucketFilesTest {
    /** A bucket without objects, whose list of all pending ones does not come. */
    private static final class SlowBucket implements S3AsyncClient {
        @Override
        public CompletableFuture<ListObjectsV2Response> listObjectsV2(ListObjectsV2Request request) {
            return request.prefix().equals("pending/")
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(
                            ListObjectsV2Response.builder().build());
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    @Test
    void an_upload_begins_while_the_look_for_old_files_hangs() {
        BucketFiles files = new BucketFiles(
                new S3Requests(new SlowBucket(), "files"),
                new FileKeys(""),
                AttachmentLimits.DEFAULT,
                Clock.systemUTC());

        assertThat(files.begin(UserId.of("alice"), "x")).isCompleted();
    }
}
