package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.contract.StageResults;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.Attachment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves the promises that hold after the queue's server lost its data. Skipped if the backend cannot lose data. */
interface QueueLossContract {
    @Test
    default void G8_Seqs_never_go_back_not_even_after_the_data_was_lost(QueueFixture q) {
        List<Appended> before = q.append(200);
        q.loseData();
        Appended after = q.append(q.message("after the loss"));

        assertThat(after.seq()).isGreaterThan(before.get(199).seq());
        assertThat(after.storedAt()).isGreaterThan(before.get(199).storedAt());
        assertThat(q.waiting()).containsExactly(after.seq());
    }

    @Test
    default void generations_grow_over_a_loss(QueueFixture q) {
        q.attach(PHONE);
        long before = q.attach(PHONE).generation();
        q.loseData();

        assertThat(q.attach(PHONE).generation()).isGreaterThan(before);
    }

    @Test
    default void G8_a_device_that_names_its_old_Seq_can_tell_that_it_missed_something(QueueFixture q) {
        q.attach(PHONE);
        List<Appended> before = q.append(5);
        q.loseData();
        q.append(2);
        Attachment back = q.attach(PHONE, before.get(1).seq());

        assertThat(back.cursor()).isLessThan(q.read().first() - 1);
    }

    @Test
    default void G8_it_can_tell_when_nothing_came_since_the_loss(QueueFixture q) {
        q.attach(PHONE);
        List<Appended> before = q.append(5);
        q.loseData();
        Attachment back = q.attach(PHONE, before.get(1).seq());

        assertThat(back.cursor()).isLessThan(q.read().first() - 1);
    }

    @Test
    default void after_a_loss_the_queue_works_on_both_nodes(QueueFixture q) {
        ChatEvent.Message message = q.message("hello");
        StageResults.await(q.other().append(q.bob, message));
        q.append(3);
        q.loseData();

        assertThat(q.confirm(LAPTOP, 1)).isFalse();
        Appended again = StageResults.await(q.other().append(q.bob, message));
        assertThat(again.duplicate()).isFalse();
        assertThat(q.attach(LAPTOP).devices()).isEqualTo(1);
        q.confirm(LAPTOP, again.seq());
        assertThat(q.waiting()).isEmpty();
    }
}
