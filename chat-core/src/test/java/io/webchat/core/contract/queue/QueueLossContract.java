package io.webchat.core.contract.queue;

import static io.webchat.core.contract.queue.QueueFixture.LAPTOP;
import static io.webchat.core.contract.queue.QueueFixture.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.contract.StageResults;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.spi.queue.Appended;
import io.webchat.core.spi.queue.AttachedDevice;
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
    default void G8_a_Seq_of_the_lost_queue_is_recognised_and_the_device_starts_at_the_head(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        List<Appended> before = q.append(5);
        q.loseData();
        AttachedDevice empty = q.attach(LAPTOP, before.get(1).seq());
        q.append(2);
        AttachedDevice back = q.attach(PHONE, before.get(1).seq());

        assertThat(empty.isOfEarlierEpoch(before.get(4).seq())).isTrue();
        assertThat(back.isOfEarlierEpoch(before.get(1).seq())).isTrue();
        assertThat(back.cursor()).isEqualTo(q.read().first() - 1);
    }

    @Test
    default void G8_lost_messages_are_restored_in_front_of_the_younger_ones(QueueFixture q) {
        q.withEpochs().attach(PHONE);
        long last = q.append(3).get(2).seq();
        q.loseData();
        q.append(q.message("younger"));

        assertThat(q.restore(q.logged(2))).isTrue();
        assertThat(q.texts()).containsExactly("lost 0", "lost 1", "younger");
        assertThat(q.waiting()).first().satisfies(seq -> assertThat(seq).isGreaterThan(last));
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
