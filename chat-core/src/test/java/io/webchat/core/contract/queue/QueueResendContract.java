package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Proves that a resend adds no second message, and that other content under the same id is refused. */
interface QueueResendContract {
    MessageId ID = MessageId.of("the-id");

    private static ChatEvent.Message message(UserId from, UserId to, long timestamp, String text) {
        return ChatEvent.Message.from(from)
                .to(to)
                .id(ID)
                .timestamp(timestamp)
                .text(text)
                .build();
    }

    private static void assertRepeated(Appended first, Appended again) {
        assertThat(again).isEqualTo(QueueFixture.resend(first));
    }

    @Test
    default void G2_a_resend_gets_the_first_answer_and_stores_nothing(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        Appended first = q.append(message);
        q.append(q.message("in between"));

        assertRepeated(first, q.append(message));
        assertRepeated(first, q.append(message));
        assertThat(q.waiting()).containsExactly(first.seq(), first.seq() + 1);
        assertThat(q.read().next()).isEqualTo(first.seq() + 2);
    }

    @Test
    default void G2_a_resend_need_not_know_what_the_server_knows_of_a_file(QueueFixture q) {
        AttachmentRef file = AttachmentRef.of(AttachmentId.of("file")).withPixels(1, 2);
        ChatEvent.Message stored = message(q.alice, q.bob, 1, "").toBuilder()
                .attachments(file.withFile("a \"b\".png", "image/png", 7))
                .build();
        Appended first = q.append(stored);

        assertThat(q.read().events()).extracting(Envelope::event).containsExactly(stored);
        assertRepeated(first, q.append(stored.toBuilder().attachments(file).build()));
        ChatEvent.Message other =
                stored.toBuilder().attachments(file.withPixels(2, 1)).build();
        StageResults.assertRefused(ErrorCode.CONFLICT, q.other().append(q.bob, other));
    }

    @Test
    default void G2_a_resend_through_another_node_is_known(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        Appended first = q.append(message);

        assertRepeated(first, StageResults.await(q.other().append(q.bob, message)));
        assertThat(q.waiting()).hasSize(1);
    }

    @Test
    default void G2_a_resend_with_another_timestamp_is_still_a_resend(QueueFixture q) {
        Appended first = q.append(message(q.alice, q.bob, 1_700_000_000, "hello"));

        assertRepeated(first, q.append(message(q.alice, q.bob, 1_700_000_060, "hello")));
    }

    @Test
    default void G2_copies_of_messages_to_two_users_share_no_ids(QueueFixture q) {
        Appended first = q.append(message(q.bob, q.alice, 1, "hello").copyFrom(DeviceId.DEFAULT));
        Appended second = q.append(message(q.bob, q.bob, 1, "another").copyFrom(DeviceId.DEFAULT));

        assertThat(second).isEqualTo(QueueFixture.next(first, second.storedAt()));
    }

    @Test
    default void G2_another_text_under_the_same_id_is_a_conflict(QueueFixture q) {
        Appended first = q.append(message(q.alice, q.bob, 1, "hello"));

        StageResults.assertRefused(ErrorCode.CONFLICT, q.node().append(q.bob, message(q.alice, q.bob, 1, "hello!")));
        StageResults.assertRefused(ErrorCode.CONFLICT, q.other().append(q.bob, message(q.alice, q.bob, 1, "")));
        assertThat(q.waiting()).containsExactly(first.seq());
    }

    @Test
    default void G16_a_resend_is_known_by_the_content_that_its_author_sent(QueueFixture q) {
        ChatEvent.Message sent = message(q.alice, q.bob, 1, "a rude text");
        String digest = ContentDigest.of(sent);
        ChatEvent.Message replaced = sent.withText("a polite text").withSentDigest(digest);
        Appended first = q.append(replaced);

        assertRepeated(first, q.append(sent.withText("another polite text").withSentDigest(digest)));
        assertRepeated(first, q.append(sent));
        StageResults.assertRefused(
                ErrorCode.CONFLICT, q.node().append(q.bob, message(q.alice, q.bob, 1, "a polite text")));
        assertThat(q.read().events()).extracting(Envelope::event).containsExactly(replaced);
    }

    @Test
    default void G2_another_room_under_the_same_id_is_a_conflict(QueueFixture q) {
        ChatEvent.Message direct = message(q.alice, q.bob, 1, "hello");
        q.append(direct);
        ChatEvent.Message inRoom = ChatEvent.Message.from(q.alice)
                .to(q.bob)
                .in(RoomId.of("friends"))
                .id(ID)
                .timestamp(1)
                .text(direct.text())
                .build();

        StageResults.assertRefused(ErrorCode.CONFLICT, q.node().append(q.bob, inRoom));
    }

    @Test
    default void a_conflict_leaves_the_first_message_and_the_queue_as_they_were(QueueFixture q) {
        ChatEvent.Message message = message(q.alice, q.bob, 1, "hello");
        Appended first = q.append(message);
        StageResults.assertRefused(ErrorCode.CONFLICT, q.node().append(q.bob, message(q.alice, q.bob, 1, "other")));

        assertRepeated(first, q.append(message));
        assertThat(q.append(q.message("next")).seq()).isEqualTo(first.seq() + 1);
    }

    @Test
    default void another_sender_may_use_the_same_id(QueueFixture q) {
        Appended alices = q.append(message(q.alice, q.bob, 1, "hello"));
        Appended carols = q.append(message(q.carol, q.bob, 1, "other"));

        assertThat(carols).isEqualTo(QueueFixture.next(alices, carols.storedAt()));
    }

    @Test
    default void another_queue_knows_nothing_of_the_id(QueueFixture q) {
        q.append(message(q.alice, q.bob, 1, "hello"));
        Appended forCarol = StageResults.await(q.node().append(q.carol, message(q.alice, q.carol, 1, "other")));

        assertThat(forCarol.duplicate()).isFalse();
    }

    @Test
    default void G2_a_resend_is_known_when_the_first_was_confirmed_and_unlinked(QueueFixture q) {
        q.attach(QueueFixture.PHONE);
        ChatEvent.Message message = q.message("hello");
        q.restored(q.bob);
        Appended first = q.append(message);
        q.confirm(QueueFixture.PHONE, first.seq());
        assertThat(q.waiting()).isEmpty();

        assertRepeated(first, q.append(message));
        assertThat(q.waiting()).isEmpty();
    }

    @Test
    default void G2_a_resend_is_known_when_the_first_was_trimmed(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withMaxEvents(2));
        ChatEvent.Message message = q.message("hello");
        Appended first = q.append(message);
        q.append(3);

        assertRepeated(first, q.append(message));
    }

    @Test
    default void G2_one_of_many_resends_at_once_through_two_nodes_is_stored(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        var answers = ConcurrentCalls.run(8, i -> StageResults.await(q.node(i).append(q.bob, message)));

        assertThat(answers).filteredOn(each -> !each.duplicate()).hasSize(1);
        assertThat(answers)
                .extracting(Appended::seq)
                .containsOnly(answers.get(0).seq());
        assertThat(answers)
                .extracting(Appended::storedAt)
                .containsOnly(answers.get(0).storedAt());
        assertThat(q.waiting()).hasSize(1);
    }

    @Test
    default void G2_a_resend_is_known_within_the_dedupe_window_and_is_news_after_it(QueueFixture q) {
        q.bounded(QueueLimits.DEFAULT.withDedupeWindow(Duration.ofHours(4)));
        ChatEvent.Message message = q.message("hello");
        Appended first = q.append(message);

        q.advance(Duration.ofMinutes(239));
        assertRepeated(first, q.append(message));
        // A window made of rotating buckets may be up to twice as long.
        q.advance(Duration.ofHours(5));
        assertThat(q.append(message)).matches(each -> !each.duplicate() && each.seq() == first.seq() + 1);
    }
}
