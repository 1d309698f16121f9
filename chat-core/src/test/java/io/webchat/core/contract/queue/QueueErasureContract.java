package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventKind;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.EventErasure;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves that a queue which can erase the events of one author leaves nothing of them, and everything else. */
interface QueueErasureContract {
    private static void erase(QueueFixture q, UserId author) {
        Assumptions.assumeTrue(q.node() instanceof EventErasure, "this queue cannot erase");
        StageResults.await(((EventErasure) q.node()).erase(q.bob, author));
    }

    private static ChatEvent.Message from(UserId author, QueueFixture q, String text) {
        return ChatEvent.message(author, q.bob, text);
    }

    @Test
    default void G16_the_events_of_an_erased_author_are_empty_and_all_seqs_stay(QueueFixture q) {
        UserId longer = UserId.of(q.alice + "x");
        Appended first = q.append(from(q.alice, q, "secret"));
        Appended other = q.append(from(longer, q, "kept"));
        q.append(ChatEvent.delivery(q.alice, q.bob, MessageId.of("m1")));
        q.append(ChatEvent.display(q.alice, q.bob, MessageId.of("m1")));

        erase(q, q.alice);
        erase(q, q.alice);

        List<Envelope> events = StageResults.await(q.other().read(q.bob, 0, 10)).events();
        assertThat(events)
                .extracting(each -> each.event().kind())
                .containsExactly(EventKind.ERASED, EventKind.MESSAGE, EventKind.ERASED, EventKind.ERASED);
        assertThat(events.get(0))
                .isEqualTo(Envelope.stored(
                        first.epoch().number(), first.seq(), first.storedAt(), new NodeEvent.Erased(q.bob)));
        assertThat(events.get(1).seq()).isEqualTo(other.seq());
    }

    @Test
    default void cursors_and_later_events_are_as_before(QueueFixture q) {
        q.attach(PHONE);
        q.attach(LAPTOP);
        List<Appended> sent = q.append(3);
        q.confirm(PHONE, sent.get(0).seq());

        erase(q, q.alice);
        Appended later = q.append(q.message("later"));

        assertThat(later.seq()).isEqualTo(sent.get(2).seq() + 1);
        assertThat(q.read().confirmed()).isEqualTo(sent.get(0).seq());
        assertThat(q.confirm(PHONE, later.seq())).isTrue();
        assertThat(q.confirm(LAPTOP, later.seq())).isTrue();
        assertThat(q.read().events()).isEmpty();
    }

    @Test
    default void a_resend_of_an_erased_message_is_not_stored_again(QueueFixture q) {
        ChatEvent.Message message = q.message("secret");
        Appended first = q.append(message);

        erase(q, q.alice);
        Appended again = q.append(message);

        assertThat(again.duplicate()).isTrue();
        assertThat(again.seq()).isEqualTo(first.seq());
        assertThat(q.read().events()).extracting(each -> each.event().kind()).containsExactly(EventKind.ERASED);
    }

    @Test
    default void a_long_queue_is_erased_as_a_whole(QueueFixture q) {
        UserId carol = q.carol;
        IntStream.range(0, 1100).forEach(i -> q.append(from(i % 2 == 0 ? q.alice : carol, q, "text " + i)));

        erase(q, q.alice);

        List<Envelope> events =
                StageResults.await(q.node().read(q.bob, 0, 2000)).events();
        assertThat(events).hasSize(1100);
        assertThat(events.stream().filter(each -> each.event().kind() == EventKind.ERASED))
                .hasSize(550);
        assertThat(events.get(1099).event().kind()).isEqualTo(EventKind.MESSAGE);
    }

    @Test
    default void an_empty_queue_has_nothing_to_erase(QueueFixture q) {
        erase(q, q.alice);

        assertThat(q.read().events()).isEmpty();
    }
}
