package io.webchat.dynamo.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatEvent;
import io.webchat.core.ErrorCode;
import io.webchat.core.UserId;
import io.webchat.core.spi.Appended;
import io.webchat.core.spi.QueueLimits;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoConfigBuilder;
import io.webchat.dynamo.DynamoOfflineQueue;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Throttling and outages let callers of the queue wait or refuse their calls, and lose nothing. */
final class G9QueueThrottlingTest {
    private static QueueNode node(UnaryOperator<DynamoConfigBuilder> settings) {
        return new QueueNode(settings, QueueLimits.DEFAULT, Clock.systemUTC());
    }

    @Test
    void throttled_and_unprocessed_calls_succeed_in_the_end() {
        Random random = new Random(7);
        try (QueueNode node = new QueueNode()) {
            node.wiretap.throttled = request -> random.nextInt(4) == 0;
            node.wiretap.unprocessed = write -> random.nextInt(3) == 0;
            node.attach();
            node.appendMany(150);
            List<Long> seqs = node.appendMany(150);

            assertThat(node.seqs()).hasSize(300).isSorted().endsWith(seqs.get(149));
            assertThat(node.confirm(seqs.get(99))).isTrue();
            assertThat(node.seqs()).isEqualTo(seqs.subList(100, 150));
        }
    }

    @Test
    void a_call_throttled_for_too_long_is_refused_and_can_be_repeated() {
        try (QueueNode node = node(each -> each.writeTimeout(Duration.ofMillis(200)))) {
            ChatEvent.Message message = node.message("hello");
            node.wiretap.throttled = PutItemRequest.class::isInstance;
            assertThat(LogNode.failure(node.append(message))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(node.wiretap.count(PutItemRequest.class)).isBetween(1L, 30L);

            node.wiretap.throttled = request -> false;
            try (QueueNode patient = node.another()) {
                assertThat(LogNode.await(patient.append(message)).duplicate()).isFalse();
                assertThat(patient.texts()).containsExactly("hello");
            }
        }
    }

    @Test
    void writes_beyond_the_limit_are_refused_at_once() {
        try (QueueNode node = node(each -> each.maxWaiting(10, 1 << 20))) {
            node.wiretap.throttled = request -> true;
            List<CompletableFuture<Appended>> waiting = IntStream.range(0, 10)
                    .mapToObj(i -> node.append(node.message("text " + i)))
                    .toList();
            CompletableFuture<Appended> oneMore = node.append(node.message("one more"));
            assertThat(oneMore).isCompletedExceptionally();
            assertThat(LogNode.failure(oneMore)).isEqualTo(ErrorCode.UNAVAILABLE);

            node.wiretap.throttled = request -> false;
            waiting.forEach(LogNode::await);
            LogNode.await(node.append(node.message("one more")));
            assertThat(node.texts()).hasSize(11);
        }
    }

    @Test
    void bytes_beyond_the_limit_are_refused_at_once() {
        try (QueueNode node = node(each -> each.maxWaiting(10, 10_000))) {
            CompletableFuture<Appended> large = node.append(node.message("x".repeat(10_000)));

            assertThat(large).isCompletedExceptionally();
            assertThat(LogNode.await(node.append(node.message("small"))).duplicate())
                    .isFalse();
        }
    }

    @Test
    void a_table_that_is_missing_is_unavailable() {
        UserId bob = UserId.of("bob");
        try (DynamoOfflineQueue queue = DynamoOfflineQueue.create(Tables.CLIENT, DynamoConfig.of("nowhere"))) {
            assertThat(LogNode.failure(queue.attach(bob, QueueNode.PHONE, 0).toCompletableFuture()))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(LogNode.failure(queue.read(bob, 0, 1).toCompletableFuture()))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void close_waits_for_calls_in_flight_and_later_calls_are_refused() {
        QueueNode node = new QueueNode();
        List<CompletableFuture<Appended>> all = IntStream.range(0, 250)
                .mapToObj(i -> node.append(node.message("text " + i)))
                .toList();
        node.queue.close();

        assertThat(all).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(LogNode.failure(node.append(node.message("late")))).isEqualTo(ErrorCode.UNAVAILABLE);
        node.close();
    }

    @Test
    void more_devices_than_an_item_holds_cannot_be_asked_for() {
        QueueLimits limits = QueueLimits.DEFAULT.withMaxDevices(257);

        assertThatThrownBy(() -> DynamoOfflineQueue.create(Tables.CLIENT, Tables.config(), limits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }
}
