package io.webchat.dynamo.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.MovableClock;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Large files, uploads that fail and races in a bucket of S3 leave whole files, and nothing else. */
@Tag("full")
final class S3AttachmentStoreTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final int PIECE = 64 << 10;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static S3Server server;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static S3AsyncClient client;

    private final MovableClock clock = MovableClock.running();
    private final S3Location location = new S3Location(S3Server.BUCKET, UUID.randomUUID() + "/");
    private final S3AttachmentStore store = S3AttachmentStore.create(client, location, AttachmentLimits.DEFAULT, clock);

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private AttachmentUpload begun(byte[] content) {
        AttachmentUpload upload = StageResults.await(store.begin(ALICE, "boat.jpg"));
        for (int from = 0; from < content.length; from += PIECE) {
            StageResults.await(upload.write(ByteBuffer.wrap(content, from, Math.min(PIECE, content.length - from))));
        }
        return upload;
    }

    private StoredAttachment uploaded(byte[] content) {
        return StageResults.await(begun(content).finish());
    }

    private static AttachmentUse use(String message) {
        return new AttachmentUse(ConversationId.of("alice~bob"), new MessageRef(ALICE, MessageId.of(message)));
    }

    private List<String> objects() {
        return client
                .listObjectsV2(list -> list.bucket(location.bucket()).prefix(location.prefix()))
                .join()
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private List<MultipartUpload> uploads() {
        return client
                .listMultipartUploads(list -> list.bucket(location.bucket()).prefix(location.prefix()))
                .join()
                .uploads()
                .stream()
                .filter(each -> each.key().startsWith(location.prefix()))
                .toList();
    }

    @Test
    void a_file_of_several_parts_is_read_as_it_was_written_in_pieces_and_at_any_position() {
        byte[] content = random((12 << 20) + 1);
        StoredAttachment file = uploaded(content);
        assertThat(StageResults.await(store.keep(use("m1"), file.id()))).contains(file);

        try (AttachmentReader reader = StageResults.await(store.open(file.id())).orElseThrow()) {
            ByteBuffer all = ByteBuffer.allocate(content.length);
            while (all.hasRemaining()) {
                all.put(StageResults.await(reader.read(all.position(), PIECE)));
            }
            assertThat(all.array()).isEqualTo(content);
            assertThat(StageResults.await(reader.read(5 << 20, 3))).isEqualTo(ByteBuffer.wrap(content, 5 << 20, 3));
        }
        assertThat(uploads()).isEmpty();
    }

    @Test
    void files_of_exactly_one_and_two_parts_are_whole() {
        for (int size : new int[] {5 << 20, 10 << 20}) {
            StoredAttachment file = uploaded(random(size));
            assertThat(file.bytes()).isEqualTo(size);
            try (AttachmentReader reader =
                    StageResults.await(store.open(file.id())).orElseThrow()) {
                assertThat(StageResults.await(reader.read(size - 2L, 10)).remaining())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing() {
        AttachmentUpload upload = begun(random(6 << 20));
        assertThat(uploads()).hasSize(1);

        StageResults.await(upload.abort());

        assertThat(uploads()).isEmpty();
        assertThat(objects()).isEmpty();
    }

    @Test
    void G18_an_upload_beyond_the_limit_leaves_nothing() {
        AttachmentUpload upload = begun(random(25 << 20));
        StageResults.assertRefused(ErrorCode.TOO_LARGE, upload.write(ByteBuffer.allocate(1)));

        assertThat(uploads()).isEmpty();
        assertThat(objects()).isEmpty();
    }

    @Test
    void a_reader_goes_on_when_a_message_keeps_its_file() {
        byte[] content = random(1_000);
        StoredAttachment file = uploaded(content);
        try (AttachmentReader reader = StageResults.await(store.open(file.id())).orElseThrow()) {
            assertThat(StageResults.await(store.keep(use("m1"), file.id()))).isPresent();
            assertThat(StageResults.await(reader.read(0, 10))).isEqualTo(ByteBuffer.wrap(content, 0, 10));
        }
    }

    /** The same client, which notes the kinds of its requests. */
    private static S3AsyncClient noting(List<Class<?>> requests) {
        return new DelegatingS3AsyncClient(client) {
            @Override
            protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
                    T request, Function<T, CompletableFuture<R>> operation) {
                requests.add(request.getClass());
                return operation.apply(request);
            }
        };
    }

    @Test
    void a_list_asks_for_no_file_on_its_own() {
        uploaded(random(10));
        uploaded(random(20));
        StageResults.await(store.keep(use("m1"), uploaded(random(30)).id()));
        List<Class<?>> requests = new CopyOnWriteArrayList<>();
        S3AttachmentStore noted = S3AttachmentStore.create(noting(requests), location, AttachmentLimits.DEFAULT, clock);

        assertThat(StageResults.await(noted.list(ALICE))).hasSize(3);

        assertThat(requests).containsExactly(ListObjectsV2Request.class, ListObjectsV2Request.class);
    }

    @Test
    void one_of_several_messages_gets_a_file_that_all_name_at_once() {
        for (int round = 0; round < 10; round++) {
            StoredAttachment file = uploaded(random(10));

            List<Optional<StoredAttachment>> kept =
                    ConcurrentCalls.run(4, n -> StageResults.await(store.keep(use("m" + n), file.id())));

            assertThat(kept.stream().filter(Optional::isPresent)).hasSize(1);
        }
    }

    @Test
    void a_file_that_is_kept_while_it_is_old_enough_to_be_deleted_is_either_whole_or_gone() {
        for (int round = 0; round < 10; round++) {
            StoredAttachment file = uploaded(random(10));
            clock.advance(Duration.ofDays(2));
            ConcurrentCalls.run(
                    2,
                    n -> n == 0
                            ? StageResults.await(store.keep(use("m1"), file.id()))
                            : StageResults.await(store.begin(ALICE, "sweeps")));

            boolean kept = StageResults.await(store.keep(use("m1"), file.id())).isPresent();
            assertThat(StageResults.await(store.open(file.id()))
                            .map(reader ->
                                    StageResults.await(reader.read(0, 99)).remaining()))
                    .isEqualTo(kept ? Optional.of(10) : Optional.empty());
        }
    }

    @Test
    void an_upload_that_a_node_left_behind_is_deleted_after_a_day() {
        begun(random(6 << 20));
        assertThat(uploads()).hasSize(1);
        clock.advance(Duration.ofDays(2));

        StageResults.await(store.begin(UserId.of("bob"), "sweeps"));

        await().untilAsserted(() -> assertThat(uploads()).isEmpty());
    }

    @Test
    void a_move_that_a_node_left_half_done_is_finished() {
        StoredAttachment file = uploaded(random(10));
        String owner = file.id().value().substring(0, 22) + "/" + file.id();
        // A node that died between the decision and the move.
        client.putObject(
                        put -> put.bucket(location.bucket()).key(location.prefix() + "use/" + owner),
                        software.amazon.awssdk.core.async.AsyncRequestBody.fromString(
                                use("m1").key()))
                .join();
        clock.advance(Duration.ofDays(2));

        StageResults.await(store.begin(ALICE, "sweeps"));

        assertThat(objects())
                .containsExactlyInAnyOrder(location.prefix() + "kept/" + owner, location.prefix() + "use/" + owner);
        assertThat(StageResults.await(store.keep(use("m2"), file.id()))).isEmpty();
        assertThat(StageResults.await(store.keep(use("m1"), file.id()))).contains(file);
    }

    @Test
    void a_bucket_that_can_be_used_passes_the_check_and_keeps_nothing_of_it() {
        StageResults.await(store.check());
        assertThat(objects()).isEmpty();
    }

    @Test
    void a_bucket_that_is_not_there_is_unavailable_and_named() {
        S3AttachmentStore none =
                S3AttachmentStore.create(client, S3Location.parse("none-of-ours"), AttachmentLimits.DEFAULT, clock);

        StageResults.assertRefused(ErrorCode.UNAVAILABLE, none.check());
        StageResults.assertRefused(ErrorCode.UNAVAILABLE, none.begin(ALICE, "x"));
        assertThatThrownBy(() -> StageResults.await(none.check()))
                .hasMessageContaining("PutObject")
                .hasMessageContaining("NoSuchBucket");
    }
}
