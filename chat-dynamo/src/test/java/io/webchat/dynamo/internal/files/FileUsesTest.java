package io.webchat.dynamo.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.Backoff;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A decision that S3 refuses for a conflict is tried again after a pause, as long as there is none. */
final class FileUsesTest {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    /** A bucket that answers some writes with a conflict, and has an object afterwards if another writer left it. */
    private static final class BusyBucket implements S3AsyncClient {
        private final int conflicts;
        private final @Nullable String left;
        private int writes;

        BusyBucket(int conflicts, @Nullable String left) {
            this.conflicts = conflicts;
            this.left = left;
        }

        @Override
        public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body) {
            writes++;
            return writes > conflicts
                    ? CompletableFuture.completedFuture(
                            PutObjectResponse.builder().build())
                    : CompletableFuture.failedFuture(
                            S3Exception.builder().statusCode(CONFLICT).build());
        }

        @Override
        @SuppressWarnings("unchecked") // The only reader asks for bytes.
        public <T> CompletableFuture<T> getObject(
                GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
            return left == null
                    ? CompletableFuture.failedFuture(
                            NoSuchKeyException.builder().statusCode(NOT_FOUND).build())
                    : CompletableFuture.completedFuture((T) ResponseBytes.fromByteArray(
                            GetObjectResponse.builder().build(), left.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final AttachmentId file = FileKeys.newId(UserId.of("alice"));

    private CompletableFuture<String> decide(BusyBucket bucket, Duration pause) {
        return new FileUses(new S3Requests(bucket, "files"), new FileKeys(""), Backoff.halfJitter(pause, pause))
                .decide(file, "m1");
    }

    @Test
    void after_conflicts_without_a_decision_the_write_is_repeated() {
        BusyBucket bucket = new BusyBucket(FileUses.ATTEMPTS - 1, null);

        assertThat(StageResults.await(decide(bucket, Duration.ofMillis(1)))).isEqualTo("m1");
        assertThat(bucket.writes).isEqualTo(FileUses.ATTEMPTS);
    }

    @Test
    void a_conflict_that_does_not_end_is_unavailable() {
        BusyBucket bucket = new BusyBucket(Integer.MAX_VALUE, null);

        StageResults.assertRefused(ErrorCode.UNAVAILABLE, decide(bucket, Duration.ofMillis(1)));
        assertThat(bucket.writes).isEqualTo(FileUses.ATTEMPTS);
    }

    @Test
    void the_write_waits_for_the_pause_and_no_thread_does() {
        BusyBucket bucket = new BusyBucket(1, null);

        assertThat(decide(bucket, Duration.ofHours(1))).isNotDone();
        assertThat(bucket.writes).isEqualTo(1);
    }

    @Test
    void a_decision_that_another_node_has_made_meanwhile_holds_at_once() {
        BusyBucket bucket = new BusyBucket(1, "m2");

        assertThat(decide(bucket, Duration.ofHours(1))).isCompletedWithValue("m2");
    }
}
