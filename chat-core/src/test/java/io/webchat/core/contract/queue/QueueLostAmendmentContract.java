package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that a queue which lost edits and deletions carries them out when they are put back. */
interface QueueLostAmendmentContract {
    private static AmendmentBuilder by(UserId user, ChatEvent.Message message, String id) {
        return Amendment.by(user).of(message).id(MessageId.of(id)).timestamp(1);
    }

    private static Amendment edit(ChatEvent.Message message, String id, String text) {
        return by(message.from(), message, id).edit(MessageContent.text(text));
    }

    private static Amendment deletion(ChatEvent.Message message, String id) {
        return by(message.from(), message, id).delete();
    }

    /** The amendment as the call log has it. */
    private static Amendment logged(QueueFixture q, Amendment amendment) {
        return amendment.copyTo(q.bob, System.currentTimeMillis());
    }

    private static void restore(QueueFixture q, List<LoggedEvent> lost) {
        UndeliveredMessages undelivered = new UndeliveredMessages(lost, 0);
        assertThat(StageResults.await(q.node().restore(q.bob, q.epoch().number(), undelivered))
                        .present())
                .isTrue();
    }

    private static List<ChatEvent> events(QueueFixture q) {
        return q.read().events().stream().map(Envelope::event).toList();
    }

    private static List<EventKind> kinds(QueueFixture q) {
        return events(q).stream().map(ChatEvent::kind).toList();
    }

    /** A message to bob alone, and one in a room. */
    private static List<ChatEvent.Message> secrets(QueueFixture q) {
        ChatEvent.Message inRoom = ChatEvent.Message.from(q.alice)
                .in(q.room("den"))
                .timestamp(1)
                .text("secret")
                .build()
                .copyTo(q.bob, System.currentTimeMillis());
        return List.of(q.message("secret"), inRoom);
    }

    /** A queue that went back to the time before these messages were deleted. */
    private static void loseDeletions(QueueFixture q, List<ChatEvent.Message> messages) {
        q.withEpochs().attach(PHONE);
        q.append(q.message("before"));
        messages.forEach(q::append);
        messages.forEach(each -> q.append(logged(q, edit(each, "e" + each.id(), "secret too"))));
        q.restored(q.bob);
        q.save();
        messages.forEach(each -> q.append(deletion(each, "d" + each.id())));
        q.goBack();
        q.append(q.message("next"));
    }

    private static List<LoggedEvent> deletions(QueueFixture q, List<ChatEvent.Message> messages) {
        List<LoggedEvent> all = new ArrayList<>();
        messages.forEach(each -> all.add(logged(q, deletion(each, "d" + each.id()))));
        return all;
    }

    @Test
    default void G17_a_restored_deletion_takes_the_content_out_of_a_queue_that_went_back(QueueFixture q) {
        List<ChatEvent.Message> secrets = secrets(q);
        loseDeletions(q, secrets);
        assertThat(events(q).toString()).as("before the restore").contains("secret");
        restore(q, deletions(q, secrets));

        assertThat(events(q).toString()).doesNotContain("secret");
        assertThat(kinds(q))
                .containsExactly(
                        EventKind.MESSAGE,
                        EventKind.MESSAGE,
                        EventKind.MESSAGE,
                        EventKind.ERASED,
                        EventKind.ERASED,
                        EventKind.DELETE,
                        EventKind.DELETE,
                        EventKind.MESSAGE);
        assertThat(events(q).subList(1, 3))
                .allSatisfy(each ->
                        assertThat(((ChatEvent.Message) each).deletion()).isNotNull());
        assertThat(events(q).get(0).toString()).contains("before");
    }

    @Test
    default void G17_after_a_restored_deletion_the_content_does_not_come_back(QueueFixture q) {
        List<ChatEvent.Message> secrets = secrets(q);
        loseDeletions(q, secrets);
        restore(q, deletions(q, secrets));

        secrets.forEach(each -> {
            assertThat(q.append(each).duplicate()).isTrue();
            q.append(logged(q, edit(each, "late" + each.id(), "secret again")));
        });

        assertThat(events(q).toString()).doesNotContain("secret");
        assertThat(kinds(q)).endsWith(EventKind.ERASED, EventKind.ERASED);
    }

    @Test
    default void G17_a_restored_deletion_takes_out_content_of_the_new_epoch(QueueFixture q) {
        List<ChatEvent.Message> secrets = secrets(q);
        q.withEpochs().attach(PHONE);
        secrets.forEach(q::append);
        restore(q, deletions(q, secrets));

        assertThat(events(q).toString()).doesNotContain("secret");
        assertThat(kinds(q)).containsExactly(EventKind.DELETE, EventKind.DELETE, EventKind.MESSAGE, EventKind.MESSAGE);
    }

    @Test
    default void G17_of_a_message_that_is_restored_together_with_its_deletion_no_content_is_linked(QueueFixture q) {
        ChatEvent.Message read = q.withEpochs().logged("secret", System.currentTimeMillis());
        q.attach(PHONE);
        restore(q, List.of(read, logged(q, edit(read, "e1", "secret too")), logged(q, deletion(read, "d1"))));

        assertThat(kinds(q)).containsExactly(EventKind.DELETE);
    }

    @Test
    default void G17_what_is_left_of_a_message_is_restored_with_its_deletion(QueueFixture q) {
        ChatEvent.Message read = q.withEpochs().logged("secret", System.currentTimeMillis());
        Amendment deletion = logged(q, deletion(read, "d1"));
        q.attach(PHONE);
        ChatEvent.Message rest = read.deleted(Deletion.of(deletion, deletion.loggedAt()));
        restore(q, List.of(rest, deletion));

        assertThat(events(q)).containsExactly(rest, deletion);
    }

    @Test
    default void G17_a_lost_edit_follows_its_message(QueueFixture q) {
        ChatEvent.Message message = q.withEpochs().message("old");
        Amendment edit = edit(message, "e1", "new");
        q.append(message);
        q.restored(q.bob);
        q.save();
        q.append(edit);
        q.goBack();
        restore(q, List.of(logged(q, edit)));

        assertThat(kinds(q)).containsExactly(EventKind.MESSAGE, EventKind.EDIT);
    }

    @Test
    default void G17_many_lost_deletions_leave_nothing_but_the_other_messages(QueueFixture q) {
        List<ChatEvent.Message> secrets =
                IntStream.range(0, 120).mapToObj(i -> q.message("secret " + i)).toList();
        loseDeletions(q, secrets);
        restore(q, deletions(q, secrets));

        assertThat(events(q).toString()).doesNotContain("secret").contains("before", "next");
        assertThat(events(q)).hasSize(2 + 3 * 120);
    }
}
