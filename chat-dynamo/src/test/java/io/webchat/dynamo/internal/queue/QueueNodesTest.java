package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatEvent;
import io.webchat.core.ErrorCode;
import io.webchat.core.MessageId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.support.EventFingerprint;
import io.webchat.dynamo.LogNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Two nodes that share nothing but the table. */
final class QueueNodesTest {
    private static final int EACH = 300;

    @Test
    void G3_appends_of_two_nodes_at_once_are_one_queue_and_take_few_writes() {
        try (QueueNode one = new QueueNode();
                QueueNode other = one.another()) {
            List<CompletableFuture<Appended>> all = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                all.add(one.append(one.message("one " + i)));
                all.add(other.append(other.message("other " + i)));
            }
            List<Long> seqs =
                    all.stream().map(each -> LogNode.await(each).seq()).sorted().toList();

            assertThat(seqs)
                    .isEqualTo(LongStream.range(seqs.get(0), seqs.get(0) + 2 * EACH)
                            .boxed()
                            .toList());
            List<String> texts = other.texts();
            assertThat(texts.stream().filter(each -> each.startsWith("one")).toList())
                    .isEqualTo(
                            LongStream.range(0, EACH).mapToObj(i -> "one " + i).toList());
            assertThat(one.wiretap.count(PutItemRequest.class)).isLessThan(EACH / 4);
        }
    }

    @Test
    void G2_a_resend_is_recognised_on_another_node_after_its_event_left_the_head_item() {
        try (QueueNode one = new QueueNode();
                QueueNode other = one.another()) {
            ChatEvent.Message first = one.message("first");
            Appended appended = LogNode.await(one.append(first));
            one.appendMany(20);
            one.appendMany(1);
            assertThat(one.stored()).anyMatch(each -> each.equals(QueueKeys.sent(EventFingerprint.of(first))));

            assertThat(LogNode.await(other.append(first)))
                    .isEqualTo(new Appended(appended.seq(), appended.storedAt(), true));
            ChatEvent.Message changed = ChatEvent.message(one.alice, one.bob, first.id(), "changed");
            assertThat(LogNode.failure(other.append(changed))).isEqualTo(ErrorCode.CONFLICT);
            assertThat(other.texts()).hasSize(22);
        }
    }

    @Test
    void G11_receipts_only_grow_after_they_left_the_head_item() {
        try (QueueNode one = new QueueNode();
                QueueNode other = one.another()) {
            MessageId id = MessageId.of("read");
            LogNode.await(one.append(ChatEvent.delivery(one.alice, one.bob, id)));
            Appended display = LogNode.await(one.append(ChatEvent.display(one.alice, one.bob, id)));
            one.appendMany(20);
            one.appendMany(1);

            assertThat(LogNode.await(other.append(ChatEvent.delivery(one.alice, one.bob, id))))
                    .isEqualTo(new Appended(display.seq(), display.storedAt(), true));
            assertThat(LogNode.await(other.append(ChatEvent.display(one.alice, one.bob, id))))
                    .isEqualTo(new Appended(display.seq(), display.storedAt(), true));
        }
    }

    @Test
    void events_of_all_sizes_up_to_the_limit_come_back_as_they_were() {
        try (QueueNode one = new QueueNode();
                QueueNode other = one.another()) {
            List<String> texts = List.of(
                    "a".repeat(16_384), "안".repeat(100_000), "b".repeat(349_000), "", "c".repeat(300_000), "small");
            texts.stream().map(one::message).map(one::append).toList().forEach(LogNode::await);

            assertThat(other.texts()).isEqualTo(texts);
            assertThat(LogNode.failure(one.append(one.message("안".repeat(120_000)))))
                    .isEqualTo(ErrorCode.TOO_LARGE);
            assertThat(other.texts()).hasSize(texts.size());
        }
    }
}
