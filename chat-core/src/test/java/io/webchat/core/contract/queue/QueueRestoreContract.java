package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.RestoreOutcome;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Proves that lost messages are put back once, in order, in front of the events of the present epoch. */
interface QueueRestoreContract {
    @Test
    default void G8_lost_messages_stand_directly_below_the_first_event_of_the_epoch(QueueFixture q) {
        long epoch = q.withEpochs().append(2).get(0).seq();
        assertThat(q.restore(q.logged(3))).isTrue();

        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "lost 2", "text 0", "text 1");
        assertThat(q.waiting())
                .isEqualTo(LongStream.range(epoch - 3, epoch + 2).boxed().toList());
        assertThat(q.read().first()).isEqualTo(epoch - 3);
        assertThat(q.append(q.message("next")).seq()).isEqualTo(epoch + 2);
    }

    @Test
    default void G8_an_empty_queue_is_restored_too(QueueFixture q) {
        long epoch = q.withEpochs().attach(PHONE).epoch().number();
        assertThat(q.restore(q.logged(2))).isTrue();

        assertThat(q.waiting()).containsExactly(epoch - 2, epoch - 1);
        assertThat(q.append(q.message("next")).seq()).isEqualTo(epoch);
        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "next");
    }

    @Test
    default void G8_a_restored_message_comes_back_as_the_caller_gave_it(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        long now = System.currentTimeMillis();
        ChatEvent.Message direct = q.logged("안녕 👋 \"quoted\" \u0000 \u2028 é", now - 1);
        ChatEvent.Message inRoom = ChatEvent.Message.from(q.alice)
                .in(q.room("den"))
                .timestamp(1)
                .attachments(AttachmentRef.of(AttachmentId.of("file"))
                        .withFile("a \"b\".png", "image/png", 7)
                        .withPixels(1, 2))
                .build()
                .copyTo(q.bob, now);
        assertThat(q.restore(direct, inRoom)).isTrue();

        assertThat(q.read().events()).extracting(Envelope::event).containsExactly(direct, inRoom);
        assertThat(q.read().events()).extracting(Envelope::storedAt).containsExactly(now - 1, now);
    }

    @Test
    default void G8_storedAt_never_falls_and_later_events_are_later(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        long now = System.currentTimeMillis();
        q.restore(q.logged("a", now - 10), q.logged("b", now - 10), q.logged("c", now - 20), q.logged("d", now + 50));
        long last = q.append(q.message("next")).storedAt();

        List<Long> times = q.read().events().stream().map(Envelope::storedAt).toList();
        assertThat(times).isSorted().endsWith(last);
        assertThat(times.get(3)).isLessThan(last);
        assertThat(q.read().events().stream().map(Envelope::loggedAt))
                .startsWith(now - 10, now - 10, now - 20, now + 50);
    }

    @Test
    default void G8_a_restored_message_of_the_future_is_not_later_than_the_events_behind_it(QueueFixture q) {
        long first = q.withEpochs().append(q.message("first")).storedAt();
        q.restore(q.logged("ahead", first + 100_000));

        assertThat(q.read().events()).extracting(Envelope::storedAt).containsExactly(first, first);
    }

    @Test
    default void G8_repeating_a_restore_changes_nothing(QueueFixture q) {
        long epoch = q.withEpochs().append(2).get(0).seq();
        ChatEvent.Message[] lost = q.logged(3);
        assertThat(q.restore(epoch, 0, lost)).isTrue();
        List<Envelope> before = q.read().events();

        assertThat(q.restore(epoch, 0, lost)).isTrue();
        assertThat(q.restore(epoch, 5, q.logged("another", 1))).isTrue();
        assertThat(q.read().events()).isEqualTo(before);
    }

    @Test
    default void G8_another_epoch_is_refused(QueueFixture q) {
        long epoch = q.withEpochs().append(2).get(0).seq();

        for (long other : List.of(epoch - 1, epoch + 1, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            assertThat(q.restore(other, 0, q.logged(3))).as("epoch %s", other).isFalse();
        }
        assertThat(q.epoch().restored()).isFalse();
        assertThat(q.waiting()).containsExactly(epoch, epoch + 1);
    }

    @Test
    default void G8_two_nodes_at_once_restore_each_message_once(QueueFixture q) {
        long epoch = q.withEpochs().append(2).get(0).seq();
        UndeliveredMessages lost = new UndeliveredMessages(List.of(q.logged(20)), 0);
        List<RestoreOutcome> done =
                ConcurrentCalls.run(8, i -> StageResults.await(q.node(i).restore(q.bob, epoch, lost)));

        assertThat(done).extracting(RestoreOutcome::present).containsOnly(true);
        assertThat(done.stream().mapToInt(RestoreOutcome::linked).sum()).isEqualTo(20);
        assertThat(q.waiting())
                .isEqualTo(LongStream.range(epoch - 20, epoch + 2).boxed().toList());
    }

    @Test
    default void G2_a_message_that_came_before_the_restore_is_left_out(QueueFixture q) {
        ChatEvent.Message[] lost = q.withEpochs().logged(3);
        ChatEvent.Message resend = ChatEvent.message(q.alice, q.bob, lost[1].id(), lost[1].text());
        q.append(resend);
        long epoch = q.epoch().number();

        assertThat(q.restoring(epoch, 0, lost)).isEqualTo(RestoreOutcome.linked(2));
        assertThat(q.texts()).containsExactly("lost 0", "lost 2", "lost 1");
        assertThat(q.restoring(epoch, 0, lost)).as("again").isEqualTo(RestoreOutcome.linked(0));
        assertThat(q.restoring(epoch + 1, 0, lost)).isEqualTo(RestoreOutcome.OTHER_EPOCH);
    }

    @Test
    default void G2_a_message_under_a_known_id_is_left_out_whatever_its_text(QueueFixture q) {
        ChatEvent.Message appended = q.withEpochs().message("the text in the queue");
        q.append(appended);
        ChatEvent.Message other =
                ChatEvent.message(q.alice, q.bob, appended.id(), "another text").copyTo(q.bob, 1_000);

        assertThat(q.restore(other)).isTrue();
        assertThat(q.texts()).containsExactly("the text in the queue");
    }

    @Test
    default void G2_a_message_that_is_given_twice_is_linked_once(QueueFixture q) {
        ChatEvent.Message[] lost = q.withEpochs().logged(2);
        q.attach(PHONE);
        q.restore(lost[0], lost[1], lost[0].copyTo(q.bob, lost[1].loggedAt() + 1));

        assertThat(q.texts()).containsExactly("lost 0", "lost 1");
    }

    @Test
    default void G16_a_restored_message_is_known_by_the_content_that_its_author_sent(QueueFixture q) {
        ChatEvent.Message lost = q.withEpochs().logged("a rude text", System.currentTimeMillis());
        q.attach(PHONE);
        q.restore(lost.withText("a polite text").withSentDigest(ContentDigest.of(lost)));

        assertThat(q.append(lost).duplicate()).isTrue();
        assertThat(q.texts()).containsExactly("a polite text");
    }

    @Test
    default void G2_an_append_of_a_restored_message_is_a_resend(QueueFixture q) {
        ChatEvent.Message[] lost = q.withEpochs().logged(2);
        long epoch = q.attach(PHONE).epoch().number();
        q.restore(lost);
        Appended again = q.append(ChatEvent.message(q.alice, q.bob, lost[1].id(), lost[1].text()));

        assertThat(again.duplicate()).isTrue();
        assertThat(again.seq()).isEqualTo(epoch - 1);
        assertThat(again.storedAt()).isEqualTo(lost[1].loggedAt());
        assertThat(q.texts()).containsExactly("lost 0", "lost 1");
    }

    @Test
    default void G2_a_restored_message_that_is_older_than_the_dedupe_window_is_remembered(QueueFixture q) {
        MessageId id = MessageId.random();
        long lastWeek = System.currentTimeMillis() - 7 * 86_400_000L;
        q.withEpochs().attach(PHONE);
        q.restore(ChatEvent.message(q.alice, q.bob, id, "old").copyTo(q.bob, lastWeek));

        assertThat(q.append(ChatEvent.message(q.alice, q.bob, id, "old")).duplicate())
                .isTrue();
    }

    @Test
    default void G2_another_text_under_the_id_of_a_restored_message_is_a_conflict(QueueFixture q) {
        ChatEvent.Message[] lost = q.withEpochs().logged(1);
        q.attach(PHONE);
        q.restore(lost);

        StageResults.assertRefused(
                ErrorCode.CONFLICT, q.node().append(q.bob, ChatEvent.message(q.alice, q.bob, lost[0].id(), "another")));
    }

    @Test
    default void G3_G8_appends_during_the_restore_stand_behind_it_and_keep_their_Seqs(QueueFixture q) {
        long epoch = q.withEpochs().append(1).get(0).seq();
        UndeliveredMessages lost = new UndeliveredMessages(List.of(q.logged(10)), 0);
        CompletableFuture<List<Appended>> appending =
                CompletableFuture.supplyAsync(() -> StageResults.awaitAll(IntStream.range(0, 200)
                        .mapToObj(i -> q.other().append(q.bob, q.message("meanwhile " + i)))
                        .toList()));
        assertThat(StageResults.await(q.node().restore(q.bob, epoch, lost))).isEqualTo(RestoreOutcome.linked(10));
        List<Long> appended = QueueFixture.seqsOf(StageResults.await(appending));

        List<Long> expected = new ArrayList<>(
                LongStream.rangeClosed(epoch - 10, epoch).boxed().toList());
        expected.addAll(appended);
        assertThat(q.waiting()).isEqualTo(expected);
        assertThat(q.texts()).startsWith("lost 0", "lost 1").endsWith("meanwhile 199");
    }

    @Test
    default void G8_a_device_that_attached_before_gets_the_restored_messages(QueueFixture q) {
        long epoch = q.withEpochs().attach(PHONE).epoch().number();
        q.append(1);
        q.attach(LAPTOP);
        q.restore(q.logged(3));

        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 4);
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(epoch - 4);
    }

    @Test
    default void G8_a_device_that_attaches_afterwards_gets_them_too(QueueFixture q) {
        long epoch = q.withEpochs().append(1).get(0).seq();
        q.restore(q.logged(3));

        assertThat(q.attach(PHONE).cursor()).isEqualTo(epoch - 4);
    }

    @Test
    default void G6_restored_messages_stay_until_every_device_confirmed_them(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        q.attach(LAPTOP);
        q.append(1);
        q.restore(q.logged(3));
        List<Long> seqs = q.waiting();

        assertThat(q.confirm(PHONE, seqs.get(3))).isTrue();
        assertThat(q.waiting()).isEqualTo(seqs);
        assertThat(q.confirm(LAPTOP, seqs.get(1))).isTrue();
        assertThat(q.texts()).containsExactly("lost 2", "text 0");
        assertThat(q.attach(LAPTOP).cursor()).isEqualTo(seqs.get(1));
    }

    @Test
    default void G8_a_second_loss_is_restored_again(QueueFixture q) {
        ChatEvent.Message[] lost = q.withEpochs().logged(3);
        long before = q.append(1).get(0).seq();
        q.restore(lost);
        q.loseData();
        q.append(q.message("younger"));

        assertThat(q.epoch().restored()).isFalse();
        assertThat(q.restore(before, 0, lost)).as("the lost epoch").isFalse();
        assertThat(q.restore(lost)).isTrue();
        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "lost 2", "younger");
        assertThat(q.read().first()).isGreaterThan(before);
    }
}
