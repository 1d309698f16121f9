package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueAmendments.by;
import static io.webchat.core.contract.queue.QueueAmendments.deletion;
import static io.webchat.core.contract.queue.QueueAmendments.edit;
import static io.webchat.core.contract.queue.QueueAmendments.events;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.Json;
import io.webchat.core.events.LoggedEvent;
import io.webchat.core.events.MessageContent;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.RoomId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.UndeliveredMessages;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that amendments wait in a queue like messages, and that a queue has no content of a deleted message. */
interface QueueAmendmentContract {
    private static String all(QueueFixture q) {
        return events(q).toString();
    }

    @Test
    default void amendments_are_read_as_they_were_appended(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        Amendment edit = by(q.alice, message, "e1")
                .edit(MessageContent.builder()
                        .text("hi")
                        .data(Json.parse("{\"a\":1}"))
                        .mentions(q.bob)
                        .build())
                .copyTo(q.bob, 77);
        Amendment reaction = by(q.alice, message, "r1").react("👍");
        Amendment removal = by(q.alice, message, "r2").unreact("👍").copyFrom(DeviceId.of("tablet"));
        List<Appended> appended = List.of(q.append(message), q.append(edit), q.append(reaction), q.append(removal));

        assertThat(events(q)).containsExactly(message, edit, reaction, removal);
        assertThat(q.waiting()).isEqualTo(QueueFixture.seqsOf(appended));
        assertThat(q.read().events()).extracting(Envelope::loggedAt).element(1).isEqualTo(77L);
    }

    @Test
    default void G2_a_resent_amendment_gets_the_first_answer(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        q.append(message);
        for (Amendment each :
                List.of(edit(message, "e1", "hi"), by(q.alice, message, "r1").react("+1"), deletion(message, "d1"))) {
            Appended first = q.append(each);
            assertThat(StageResults.await(q.other().append(q.bob, each))).isEqualTo(QueueFixture.resend(first));
        }
    }

    @Test
    default void another_amendment_with_the_same_id_is_a_conflict(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        q.append(message);
        q.append(edit(message, "a1", "hi"));

        for (Amendment each : List.of(
                edit(message, "a1", "other"), by(q.alice, message, "a1").react("+1"), deletion(q.message("x"), "a1"))) {
            assertThatThrownBy(() -> q.append(each))
                    .hasRootCauseInstanceOf(ChatException.class)
                    .hasMessageContaining("MsgID");
        }
    }

    @Test
    default void messages_and_amendments_have_ids_of_their_own(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        q.append(message);

        assertThat(q.append(by(q.alice, message, message.id().value()).react("+1"))
                        .duplicate())
                .isFalse();
    }

    @Test
    default void G17_a_deletion_leaves_nothing_of_the_content(QueueFixture q) {
        q.attach(PHONE);
        ChatEvent.Message before = q.message("before");
        ChatEvent.Message message = ChatEvent.Message.from(q.alice)
                .to(q.bob)
                .text("secret \"MsgID\":\"x\"")
                .data(Json.parse("{\"About\":\"secret\"}"))
                .attachments(AttachmentRef.of(AttachmentId.of("secret-file"))
                        .withFile("secret\",\"LoggedAt\":1", "image/png", 1))
                .timestamp(12)
                .build();
        q.append(before);
        Appended first = q.append(message);
        q.append(edit(message, "e1", "secret too"));
        q.append(edit(before, "e2", "kept"));

        Appended deleted = q.append(deletion(message, "d1"));

        assertThat(all(q)).doesNotContain("secret").contains("kept");
        List<Envelope> events = q.read().events();
        assertThat(events.get(1))
                .isEqualTo(Envelope.stored(
                        first.epoch().number(),
                        first.seq(),
                        first.storedAt(),
                        message.deleted(new Deletion(deleted.storedAt(), q.alice))));
        assertThat(events)
                .extracting(each -> each.event().kind())
                .containsExactly(
                        EventKind.MESSAGE, EventKind.MESSAGE, EventKind.ERASED, EventKind.EDIT, EventKind.DELETE);
        assertThat(q.confirm(PHONE, deleted.seq())).isTrue();
        assertThat(events(q)).isEmpty();
    }

    @Test
    default void a_copy_keeps_its_other_fields_when_its_message_is_deleted(QueueFixture q) {
        RoomId den = RoomId.of("den");
        ChatEvent.Message message = ChatEvent.Message.from(q.alice)
                .in(den)
                .text("secret")
                .timestamp(5)
                .build();
        ChatEvent.Message copy = message.copyTo(q.bob, 1234);
        q.append(copy);
        Amendment deletion = Amendment.by(q.carol)
                .of(message)
                .id(MessageId.of("d1"))
                .delete()
                .copyTo(q.bob, 99);

        q.append(deletion);

        assertThat(events(q)).containsExactly(copy.deleted(new Deletion(99, q.carol)), deletion);
    }

    @Test
    default void an_own_copy_keeps_its_device_when_its_message_is_deleted(QueueFixture q) {
        ChatEvent.Message own = ChatEvent.message(q.bob, q.alice, "secret").copyFrom(DeviceId.of("phone"));
        ChatEvent.Message other = ChatEvent.Message.from(q.bob)
                .to(q.carol)
                .id(own.id())
                .text("kept")
                .build()
                .copyFrom(DeviceId.of("phone"));
        q.append(own);
        q.append(other);
        Amendment deletion = deletion(own, "d1").copyFrom(DeviceId.of("phone"));

        Appended deleted = q.append(deletion);

        assertThat(events(q)).containsExactly(own.deleted(new Deletion(deleted.storedAt(), q.bob)), other, deletion);
    }

    @Test
    default void G17_a_deleted_message_that_comes_late_is_not_stored(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        q.append(deletion(message, "d1"));

        Appended late = q.append(message);
        q.append(edit(message, "e1", "secret too"));

        assertThat(late.duplicate()).isTrue();
        assertThat(all(q)).doesNotContain("secret");
        assertThat(events(q)).extracting(ChatEvent::kind).containsExactly(EventKind.DELETE, EventKind.ERASED);
    }

    @Test
    default void G17_a_resend_of_a_deleted_message_gets_the_first_answer(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        Appended first = q.append(message);
        q.append(deletion(message, "d1"));

        assertThat(q.append(message)).isEqualTo(QueueFixture.resend(first));
        assertThat(all(q)).doesNotContain("secret");
    }

    @Test
    default void G17_a_deletion_finds_its_message_far_down_in_the_queue(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        q.append(q.message("before"));
        q.append(message);
        IntStream.range(0, 1100).forEach(i -> q.append(q.message("text " + i)));

        q.append(deletion(message, "d1"));

        assertThat(all(q)).doesNotContain("secret").contains("before").contains("text 1099");
    }

    @Test
    default void G17_a_restore_does_not_bring_deleted_content_back(QueueFixture q) {
        q.withEpochs();
        ChatEvent.Message message = q.logged("secret", System.currentTimeMillis() - 5000);
        Amendment edit = edit(message, "e1", "secret too").copyTo(q.bob, message.loggedAt() + 1);
        Amendment deletion = deletion(message, "d1");
        q.append(deletion);
        long epoch = q.epoch().number();

        List<LoggedEvent> lost = List.of(message, edit, deletion.copyTo(q.bob, message.loggedAt() + 2));
        assertThat(StageResults.await(q.node().restore(q.bob, epoch, new UndeliveredMessages(lost, 0)))
                        .present())
                .isTrue();

        assertThat(events(q)).containsExactly(deletion);
    }

    @Test
    default void a_restore_links_amendments_and_what_is_left_of_deleted_messages(QueueFixture q) {
        q.withEpochs();
        long at = System.currentTimeMillis() - 5000;
        ChatEvent.Message gone = q.logged("secret", at).deleted(new Deletion(at + 3, q.alice));
        ChatEvent.Message kept = q.logged("kept", at + 1);
        Amendment reaction = by(q.alice, kept, "r1").react("+1").copyTo(q.bob, at + 2);
        Amendment deletion = deletion(gone, "d1").copyTo(q.bob, at + 3);
        q.append(q.message("young"));
        // Its queue has this deletion already; what is left of the message is missing.
        q.append(deletion);

        List<LoggedEvent> lost = List.of(gone, kept, reaction, deletion);
        long epoch = q.epoch().number();
        StageResults.await(q.node().restore(q.bob, epoch, new UndeliveredMessages(lost, 0)));

        assertThat(events(q).subList(0, 3)).containsExactly(gone, kept, reaction);
        assertThat(events(q))
                .extracting(ChatEvent::kind)
                .containsExactly(
                        EventKind.MESSAGE, EventKind.MESSAGE, EventKind.REACT, EventKind.MESSAGE, EventKind.DELETE);
        assertThat(q.append(by(q.alice, kept, "r1").react("+1").copyTo(q.bob, at + 2))
                        .duplicate())
                .isTrue();
    }
}
