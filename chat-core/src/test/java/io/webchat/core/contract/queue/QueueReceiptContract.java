package io.webchat.core.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.MessageId;
import io.webchat.core.spi.queue.Appended;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves that receipts only grow: a receipt that says no more than an earlier one is a resend. */
interface QueueReceiptContract {
    MessageId READ = MessageId.of("what-was-read");

    @Test
    default void G11_a_repeated_receipt_is_a_resend(QueueFixture q) {
        ChatEvent.Receipt delivery = ChatEvent.delivery(q.alice, q.bob, READ);
        Appended first = q.append(delivery);

        assertThat(q.append(delivery)).isEqualTo(QueueFixture.resend(first));
        assertThat(q.waiting()).containsExactly(first.seq());
    }

    @Test
    default void G11_a_repeated_receipt_of_another_time_or_node_is_a_resend(QueueFixture q) {
        Appended first = q.append(ChatEvent.delivery(q.alice, q.bob, READ));
        ChatEvent.Receipt later =
                new ChatEvent.Receipt(ChatEvent.delivery(q.alice, q.bob, READ).kind(), q.alice, q.bob, null, READ, 7);

        assertThat(StageResults.await(q.other().append(q.bob, later))).isEqualTo(QueueFixture.resend(first));
    }

    @Test
    default void G11_display_after_delivery_is_news(QueueFixture q) {
        Appended delivery = q.append(ChatEvent.delivery(q.alice, q.bob, READ));
        Appended display = q.append(ChatEvent.display(q.alice, q.bob, READ));

        assertThat(display).isEqualTo(QueueFixture.next(delivery, display.storedAt()));
        assertThat(q.waiting()).containsExactly(delivery.seq(), display.seq());
    }

    @Test
    default void G11_delivery_after_display_is_a_resend_of_the_display(QueueFixture q) {
        Appended display = q.append(ChatEvent.display(q.alice, q.bob, READ));

        assertThat(q.append(ChatEvent.delivery(q.alice, q.bob, READ))).isEqualTo(QueueFixture.resend(display));
        assertThat(q.waiting()).containsExactly(display.seq());
    }

    @Test
    default void G11_after_delivery_and_display_both_are_resends_of_the_display(QueueFixture q) {
        q.append(ChatEvent.delivery(q.alice, q.bob, READ));
        Appended display = q.append(ChatEvent.display(q.alice, q.bob, READ));
        Appended again = QueueFixture.resend(display);

        assertThat(q.append(ChatEvent.delivery(q.alice, q.bob, READ))).isEqualTo(again);
        assertThat(q.append(ChatEvent.display(q.alice, q.bob, READ))).isEqualTo(again);
        assertThat(q.waiting()).hasSize(2);
    }

    @Test
    default void receipts_for_other_messages_and_of_other_readers_are_news(QueueFixture q) {
        List<Appended> all = List.of(
                q.append(ChatEvent.delivery(q.alice, q.bob, READ)),
                q.append(ChatEvent.delivery(q.alice, q.bob, MessageId.of("another"))),
                q.append(ChatEvent.delivery(q.carol, q.bob, READ)));

        assertThat(all).noneMatch(Appended::duplicate);
        assertThat(q.waiting()).isEqualTo(QueueFixture.seqsOf(all));
    }

    @Test
    default void a_receipt_and_a_message_of_one_id_are_two_things(QueueFixture q) {
        // Alice wrote to bob under an id that bob happened to use as well, and has read his message.
        Appended receipt = q.append(ChatEvent.display(q.alice, q.bob, READ));
        Appended message = q.append(ChatEvent.message(q.alice, q.bob, READ, "hello"));

        assertThat(List.of(receipt, message)).noneMatch(Appended::duplicate);
        assertThat(q.append(ChatEvent.message(q.alice, q.bob, READ, "hello")).seq())
                .isEqualTo(message.seq());
        assertThat(q.append(ChatEvent.delivery(q.alice, q.bob, READ)).seq()).isEqualTo(receipt.seq());
    }

    @Test
    default void G11_at_most_one_of_each_kind_of_many_receipts_at_once_is_stored(QueueFixture q) {
        ChatEvent.Receipt delivery = ChatEvent.delivery(q.alice, q.bob, READ);
        ChatEvent.Receipt display = ChatEvent.display(q.alice, q.bob, READ);
        List<Appended> news =
                ConcurrentCalls.run(
                                8,
                                i -> StageResults.await(q.node(i / 2).append(q.bob, i % 2 == 0 ? delivery : display)))
                        .stream()
                        .filter(each -> !each.duplicate())
                        .toList();

        assertThat(q.waiting()).containsExactlyInAnyOrderElementsOf(QueueFixture.seqsOf(news));
        assertThat(q.read().events()).extracting(each -> each.event().kind()).doesNotHaveDuplicates();
        assertThat(q.read().events().get(news.size() - 1).event()).isEqualTo(display);
    }
}
