package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueAmendments.by;
import static io.webchat.core.contract.queue.QueueAmendments.deletion;
import static io.webchat.core.contract.queue.QueueAmendments.edit;
import static io.webchat.core.contract.queue.QueueAmendments.events;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.QueueLimits;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that a deletion finds its message and all edits of it wherever they are in the queue. */
interface QueueDeletionContract {
    /** Deletes this message, and checks that nothing else has changed. */
    private static void assertDeleted(QueueFixture q, ChatEvent.Message message) {
        List<ChatEvent> before = events(q);

        q.append(deletion(message, "d1"));

        List<ChatEvent> after = events(q);
        assertThat(after.toString()).doesNotContain("secret");
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).toString().contains("secret")) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
        }
        assertThat(after).hasSize(before.size() + 1);
        assertThat(after).filteredOn(each -> each.kind() == EventKind.ERASED).hasSize(2);
        assertThat(after)
                .filteredOn(ChatEvent.Message.class::isInstance)
                .anyMatch(each -> ((ChatEvent.Message) each).id().equals(message.id()));
    }

    /** Appends a message and two edits, among other events. */
    private static ChatEvent.Message edited(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        ChatEvent.Message other = q.message("other");
        q.append(q.message("before"));
        q.append(message);
        q.append(other);
        q.append(edit(message, "e1", "secret one"));
        q.append(edit(other, "e2", "kept"));
        q.append(edit(message, "e3", "secret two"));
        q.append(by(q.alice, message, "r1").react("+1"));
        return message;
    }

    @Test
    default void G17_a_deletion_finds_the_edits_of_a_confirmed_message(QueueFixture q) {
        q.attach(PHONE);
        ChatEvent.Message message = q.message("secret");
        Appended confirmed = q.append(message);
        q.append(edit(message, "e1", "secret one"));
        q.append(q.message("kept"));
        q.append(edit(message, "e2", "secret two"));
        q.confirm(PHONE, confirmed.seq());

        q.append(deletion(message, "d1"));

        assertThat(events(q).toString()).doesNotContain("secret").contains("kept");
        assertThat(events(q))
                .extracting(ChatEvent::kind)
                .containsExactly(EventKind.ERASED, EventKind.MESSAGE, EventKind.ERASED, EventKind.DELETE);
    }

    @Test
    default void G17_a_deletion_finds_content_of_earlier_epochs(QueueFixture q) {
        q.withEpochs();
        ChatEvent.Message message = edited(q);
        for (int i = 0; i < 3; i++) {
            q.save();
            q.goBack();
            q.append(q.message("next " + i));
            if (i != 1) {
                q.restore(q.logged(i + 1));
            }
        }

        assertDeleted(q, message);
    }

    /** Restores a message and two edits behind an event of an earlier epoch, all of them with its time. */
    private static ChatEvent.Message restored(QueueFixture q) {
        q.withEpochs().append(q.message("before"));
        q.save();
        q.goBack();
        long at = System.currentTimeMillis() - 5000;
        ChatEvent.Message message = q.logged("secret", at);
        ChatEvent.Message other = q.logged("other", at + 1);
        List<LoggedEvent> lost = List.of(
                message,
                edit(message, "e1", "secret one").copyTo(q.bob, at + 2),
                other,
                edit(other, "e2", "kept").copyTo(q.bob, at + 3),
                edit(message, "e3", "secret two").copyTo(q.bob, at + 4));
        long epoch = q.append(q.message("next")).epoch().number();
        assertThat(StageResults.await(q.node().restore(q.bob, epoch, new UndeliveredMessages(lost, 0)))
                        .present())
                .isTrue();
        return message;
    }

    @Test
    default void G17_a_deletion_finds_restored_content(QueueFixture q) {
        assertDeleted(q, restored(q));
    }

    @Test
    default void G17_a_deletion_finds_restored_content_of_an_earlier_epoch(QueueFixture q) {
        ChatEvent.Message message = restored(q);
        q.save();
        q.goBack();
        q.append(q.message("later"));

        assertDeleted(q, message);
    }

    @Test
    default void G17_a_deletion_finds_content_older_than_the_memory_of_resends(QueueFixture q) {
        ChatEvent.Message message = edited(q);
        for (int i = 0; i < 3; i++) {
            q.advance(Duration.ofHours(25));
            q.append(q.message("day " + i));
        }

        assertDeleted(q, message);
    }

    @Test
    default void G17_deletions_find_content_among_many_old_events(QueueFixture q) {
        q.append(70);
        ChatEvent.Message first = edited(q);
        q.append(70);
        ChatEvent.Message second = q.message("secret");
        q.append(second);
        q.append(edit(second, "e4", "secret four"));
        for (int i = 0; i < 3; i++) {
            q.advance(Duration.ofHours(25));
            q.append(q.message("day " + i));
        }

        q.append(deletion(first, "d1"));
        q.append(deletion(second, "d2"));

        assertThat(events(q).toString()).doesNotContain("secret");
        assertThat(events(q))
                .filteredOn(each -> each.kind() == EventKind.ERASED)
                .hasSize(3);
        assertThat(events(q)).hasSize(2 * 70 + 7 + 2 + 3 + 2);
    }

    @Test
    default void G17_a_deletion_finds_both_copies_of_a_message_that_was_sent_again_a_day_later(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        q.append(message);
        q.advance(Duration.ofHours(25));
        assertThat(q.append(message).duplicate()).isFalse();

        q.append(deletion(message, "d1"));

        assertThat(events(q)).hasSize(3);
        assertThat(events(q).toString()).doesNotContain("secret");
    }

    @Test
    default void G17_a_deletion_finds_all_edits_in_a_full_queue_that_was_restored(QueueFixture q) {
        q.withEpochs().bounded(QueueLimits.DEFAULT.withMaxEvents(5));
        ChatEvent.Message message = q.message("secret");
        q.append(message);
        q.append(edit(message, "e1", "secret one"));
        q.append(edit(message, "e2", "secret two"));
        long at = System.currentTimeMillis() - 5000;
        List<LoggedEvent> lost = List.of(
                edit(message, "r1", "secret").copyTo(q.bob, at),
                edit(message, "r2", "secret").copyTo(q.bob, at + 1),
                edit(message, "r3", "secret").copyTo(q.bob, at + 2));
        long epoch = q.epoch().number();
        StageResults.await(q.node().restore(q.bob, epoch, new UndeliveredMessages(lost, 0)));
        q.append(edit(message, "e3", "secret three"));

        q.append(deletion(message, "d1"));

        assertThat(events(q)).hasSize(5);
        assertThat(events(q).toString()).doesNotContain("secret");
    }

    @Test
    default void G17_another_deletion_of_a_message_changes_no_event(QueueFixture q) {
        ChatEvent.Message message = edited(q);
        q.append(deletion(message, "d1"));
        List<ChatEvent> before = events(q);

        Amendment again = deletion(message, "d2");
        q.append(again);

        assertThat(events(q).subList(0, before.size())).isEqualTo(before);
        assertThat(events(q)).hasSize(before.size() + 1).endsWith(again);
    }
}
