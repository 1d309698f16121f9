package io.webchat.core.contract.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.ContractBackend;
import io.webchat.core.contract.StageResults;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.spi.attachments.AttachmentLimits;
import io.webchat.core.spi.attachments.AttachmentReader;
import io.webchat.core.spi.attachments.AttachmentStore;
import io.webchat.core.spi.attachments.AttachmentUpload;
import io.webchat.core.spi.attachments.AttachmentUse;
import io.webchat.core.spi.attachments.StoredAttachment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves that an {@link AttachmentStore} keeps every promise of its Javadoc. */
@ExtendWith(AttachmentFixture.Extension.class)
public interface AttachmentStoreContract {
    /** Makes the backend of one test. */
    ContractBackend<AttachmentStore> attachmentStores(AttachmentLimits limits);

    @Test
    default void a_finished_file_is_read_on_every_node_as_it_was_written(AttachmentFixture a) {
        byte[] content = AttachmentFixture.bytes(999);
        StoredAttachment file = a.upload(a.alice, "photo of \"us\" 👋.png", content);

        assertThat(a.read(file.id())).contains(content);
        try (AttachmentReader reader = a.open(file.id())) {
            assertThat(reader.file()).isEqualTo(file);
        }
        assertThat(file.owner()).isEqualTo(a.alice);
        assertThat(file.name()).isEqualTo("photo of \"us\" 👋.png");
        assertThat(file.bytes()).isEqualTo(999);
    }

    @Test
    default void any_part_of_a_file_can_be_read(AttachmentFixture a) {
        StoredAttachment file = a.upload(a.alice, "digits", AttachmentFixture.utf8("0123456789"));

        try (AttachmentReader reader = a.open(file.id())) {
            assertThat(AttachmentFixture.text(reader, 0, 3)).isEqualTo("012");
            assertThat(AttachmentFixture.text(reader, 7, 100)).isEqualTo("789");
            assertThat(AttachmentFixture.text(reader, 4, 1)).isEqualTo("4");
            assertThat(AttachmentFixture.text(reader, 10, 5)).isEmpty();
            assertThat(AttachmentFixture.text(reader, 99, 5)).isEmpty();
        }
    }

    @Test
    default void an_empty_file_is_a_file(AttachmentFixture a) {
        StoredAttachment file = a.upload(a.alice, "empty", new byte[0]);

        assertThat(file.bytes()).isZero();
        assertThat(a.read(file.id())).contains(new byte[0]);
    }

    @Test
    default void a_file_is_not_there_before_it_is_finished_nor_after_it_was_given_up(AttachmentFixture a) {
        AttachmentUpload upload = a.begin(a.alice, "draft");
        StageResults.await(upload.write(ByteBuffer.wrap(AttachmentFixture.utf8("draft"))));

        assertThat(a.read(upload.id())).isEmpty();
        assertThat(a.keep(a.alice, upload.id())).isEmpty();
        StageResults.await(upload.abort());
        assertThat(a.read(upload.id())).isEmpty();
        assertThat(a.list(a.alice)).isEmpty();
    }

    @Test
    default void the_type_is_found_from_the_content(AttachmentFixture a) {
        assertThat(a.upload(a.alice, "page.html", AttachmentFixture.utf8("<script>"))
                        .type())
                .isEqualTo("text/plain");
        assertThat(a.upload(a.alice, "text.txt", AttachmentFixture.utf8("GIF89a and more"))
                        .type())
                .isEqualTo("image/gif");
    }

    @Test
    default void G18_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_refused(AttachmentFixture a) {
        assertThat(a.upload(a.alice, "largest", AttachmentFixture.bytes(20_000)).bytes())
                .isEqualTo(20_000);
        AttachmentUpload upload = a.begin(a.alice, "larger");
        StageResults.await(upload.write(ByteBuffer.wrap(AttachmentFixture.bytes(20_000))));

        StageResults.assertRefused(ErrorCode.TOO_LARGE, upload.write(ByteBuffer.wrap(new byte[1])));
        StageResults.await(upload.abort());
        assertThat(a.list(a.alice)).hasSize(1);
    }

    @Test
    default void G18_files_up_to_the_quota_are_taken_and_one_byte_more_is_refused(AttachmentFixture a) {
        int small = (int) AttachmentLimits.FILE_COST;
        a.upload(a.alice, "part of the quota", AttachmentFixture.bytes(20_000));
        a.upload(a.alice, "part of the quota", AttachmentFixture.bytes(20_000));
        AttachmentUpload upload = a.begin(a.alice, "too much");
        StageResults.await(upload.write(ByteBuffer.wrap(AttachmentFixture.bytes(small))));
        StageResults.assertRefused(ErrorCode.TOO_LARGE, upload.write(ByteBuffer.wrap(new byte[1])));
        StageResults.await(upload.abort());
        a.upload(a.alice, "the rest of the quota", AttachmentFixture.bytes(small));

        StageResults.assertRefused(ErrorCode.TOO_LARGE, a.node.begin(a.alice, "more"));
        assertThat(a.upload(a.bob, "of another user", AttachmentFixture.bytes(20_000))
                        .bytes())
                .isEqualTo(20_000);
        a.delete(a.list(a.alice).get(0));
        a.begin(a.alice, "less again");
    }

    @Test
    default void G18_an_empty_file_counts_for_the_quota_too(AttachmentFixture a) {
        for (int i = 0; i < AttachmentFixture.QUOTA / AttachmentLimits.FILE_COST; i++) {
            StoredAttachment file = a.upload(a.alice, "empty", new byte[0]);
            a.keep(a.use(a.alice, "m" + i), file.id());
        }

        StageResults.assertRefused(ErrorCode.TOO_LARGE, a.node.begin(a.alice, "one more"));
        a.delete(a.list(a.alice).get(0));
        a.begin(a.alice, "less again");
    }

    @Test
    default void a_file_that_nobody_kept_is_deleted_after_a_day_and_a_kept_one_stays(AttachmentFixture a) {
        StoredAttachment pending = a.upload(a.alice, "pending", AttachmentFixture.utf8("one"));
        StoredAttachment kept = a.upload(a.alice, "kept", AttachmentFixture.utf8("two"));
        assertThat(a.keep(a.alice, kept.id())).contains(kept);
        a.advance(Duration.ofHours(23));
        a.upload(a.alice, "later", AttachmentFixture.utf8("three"));
        assertThat(a.read(pending.id())).isPresent();

        a.advance(Duration.ofHours(2));
        a.upload(a.alice, "much later", AttachmentFixture.utf8("four"));

        assertThat(a.read(pending.id())).isEmpty();
        assertThat(a.keep(a.alice, pending.id())).isEmpty();
        assertThat(a.read(kept.id())).contains(AttachmentFixture.utf8("two"));
        assertThat(a.keep(a.alice, kept.id())).contains(kept);
    }

    @Test
    default void old_files_of_users_who_do_not_come_back_are_deleted_too(AttachmentFixture a) {
        StoredAttachment left = a.upload(a.alice, "left behind", AttachmentFixture.utf8("one"));
        a.advance(Duration.ofHours(25));

        a.upload(a.bob, "of another user", AttachmentFixture.utf8("two"));
        a.upload(a.bob, "of another user", AttachmentFixture.utf8("three"));

        await().untilAsserted(() -> assertThat(a.list(a.alice)).isEmpty());
        assertThat(a.read(left.id())).isEmpty();
    }

    @Test
    default void G12_nobody_keeps_the_file_of_another_user(AttachmentFixture a) {
        StoredAttachment file = a.upload(a.alice, "of alice", AttachmentFixture.utf8("one"));

        assertThat(a.keep(a.bob, file.id())).isEmpty();
        assertThat(a.keep(a.alice, AttachmentId.random())).isEmpty();
        assertThat(a.keep(a.alice, AttachmentId.of("x"))).isEmpty();
        assertThat(a.keep(a.alice, file.id())).contains(file);
    }

    @Test
    default void a_file_is_kept_for_one_message_only(AttachmentFixture a) {
        StoredAttachment file = a.upload(a.alice, "photo", AttachmentFixture.utf8("one"));
        AttachmentUse use = a.use(a.alice, "m1");
        AttachmentUse elsewhere = new AttachmentUse(ConversationId.direct(a.alice, a.bob), use.message());

        assertThat(a.keep(use, file.id())).contains(file);
        assertThat(a.keep(a.use(a.alice, "m2"), file.id())).isEmpty();
        assertThat(a.keep(elsewhere, file.id())).isEmpty();
        assertThat(StageResults.await(a.node.keep(use, file.id()))).contains(file);
    }

    @Test
    default void of_several_messages_at_once_one_gets_the_file(AttachmentFixture a) {
        for (int round = 0; round < 10; round++) {
            StoredAttachment file = a.upload(a.alice, "photo", AttachmentFixture.utf8("one"));

            List<Boolean> kept = ConcurrentCalls.run(4, n -> {
                AttachmentStore node = n % 2 == 0 ? a.node : a.other;
                return StageResults.await(node.keep(a.use(a.alice, "m" + n), file.id()))
                        .isPresent();
            });

            assertThat(kept).containsOnlyOnce(true);
            assertThat(a.keep(a.use(a.alice, "m" + kept.indexOf(true)), file.id()))
                    .contains(file);
            a.delete(file.id());
        }
    }

    @Test
    default void only_the_owner_deletes_a_pending_file_and_nobody_a_kept_one(AttachmentFixture a) {
        StoredAttachment pending = a.upload(a.alice, "pending", AttachmentFixture.utf8("one"));
        StoredAttachment kept = a.upload(a.alice, "kept", AttachmentFixture.utf8("two"));
        a.keep(a.alice, kept.id());

        assertThat(a.deletePending(a.bob, pending.id())).isFalse();
        assertThat(a.deletePending(a.alice, kept.id())).isFalse();
        assertThat(a.list(a.alice)).containsExactlyInAnyOrder(pending.id(), kept.id());
        assertThat(a.deletePending(a.alice, pending.id())).isTrue();
        assertThat(a.deletePending(a.alice, pending.id())).isFalse();
        assertThat(a.deletePending(a.alice, AttachmentId.of("x"))).isFalse();

        assertThat(a.list(a.alice)).containsExactly(kept.id());
        assertThat(a.read(pending.id())).isEmpty();
        assertThat(a.keep(a.alice, pending.id())).isEmpty();
    }

    @Test
    default void a_deleted_file_is_gone_on_every_node(AttachmentFixture a) {
        StoredAttachment pending = a.upload(a.alice, "pending", AttachmentFixture.utf8("one"));
        StoredAttachment kept = a.upload(a.alice, "kept", AttachmentFixture.utf8("two"));
        a.keep(a.alice, kept.id());

        for (StoredAttachment each : new StoredAttachment[] {pending, kept, kept}) {
            a.delete(each.id());
        }

        assertThat(a.list(a.alice)).isEmpty();
        assertThat(a.read(pending.id())).isEqualTo(Optional.empty());
        assertThat(a.read(kept.id())).isEmpty();
    }

    @Test
    default void a_user_has_a_list_of_all_own_files(AttachmentFixture a) {
        StoredAttachment pending = a.upload(a.alice, "pending", AttachmentFixture.utf8("one"));
        StoredAttachment kept = a.upload(a.alice, "kept", AttachmentFixture.utf8("two"));
        a.keep(a.alice, kept.id());
        a.upload(a.bob, "of bob", AttachmentFixture.utf8("three"));

        assertThat(a.list(a.alice)).containsExactlyInAnyOrder(pending.id(), kept.id());
        assertThat(a.list(a.carol)).isEmpty();
    }
}
