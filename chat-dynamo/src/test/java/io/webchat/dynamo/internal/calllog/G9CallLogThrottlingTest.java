package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.Tables;
import io.webchat.dynamo.testing.DynamoEndpoint;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Throttling, timeouts and outages let callers wait or refuse their calls, and lose nothing. */
final class G9CallLogThrottlingTest {
    private static final long START = 1_700_000_000_000L;

    @Test
    void throttled_and_unprocessed_items_are_written_in_the_end() {
        Random random = new Random(7);
        try (LogNode node = new LogNode(each -> each.writeTimeout(Duration.ofSeconds(30)))) {
            node.wiretap.throttled = request -> request instanceof BatchWriteItemRequest && random.nextInt(4) == 0;
            node.wiretap.unprocessed = write -> random.nextInt(3) == 0;
            node.appendMany(300, START);

            assertThat(node.messages(new HistoryRange(null, null, true, 1_000)))
                    .extracting(each -> each.message().text())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 300).mapToObj(i -> "text " + i).toList());
        }
    }

    @Test
    void a_call_throttled_for_too_long_is_refused_and_can_be_repeated() {
        try (LogNode node = new LogNode(each -> each.writeTimeout(Duration.ofMillis(200)))) {
            ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, "hello");
            node.wiretap.throttled = BatchWriteItemRequest.class::isInstance;
            assertThat(LogNode.failure(node.append(message, START))).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(node.messages(HistoryRange.newest(10))).isEmpty();
            assertThat(node.conversations(node.bob)).isEmpty();

            node.wiretap.throttled = request -> false;
            LogNode.await(node.append(message, START));
            assertThat(node.messages(HistoryRange.newest(10))).hasSize(1);
        }
    }

    @Test
    void throttled_writes_are_retried_with_pauses() {
        try (LogNode node = new LogNode(each -> each.writeTimeout(Duration.ofMillis(500)))) {
            node.wiretap.throttled = BatchWriteItemRequest.class::isInstance;
            assertThat(LogNode.failure(node.append("hello", START))).isEqualTo(ErrorCode.UNAVAILABLE);

            assertThat(node.wiretap.count(BatchWriteItemRequest.class)).isBetween(2L, 60L);
        }
    }

    @Test
    void G2_a_resend_after_a_lost_answer_makes_no_second_message() {
        try (LogNode node = new LogNode(each -> each)) {
            List<ChatEvent.Message> sent = IntStream.range(0, 60)
                    .mapToObj(i -> ChatEvent.message(node.alice, node.bob, "text " + i))
                    .toList();
            node.wiretap.lost = BatchWriteItemRequest.class::isInstance;
            IntStream.range(0, 60)
                    .mapToObj(i -> node.log.appendNew(node.talk, sent.get(i), START + i))
                    .toList()
                    .forEach(each -> assertThat(LogNode.failure(each)).isEqualTo(ErrorCode.UNAVAILABLE));
            node.wiretap.lost = request -> false;
            IntStream.range(0, 60).forEach(i -> LogNode.await(node.append(sent.get(i), START + i)));

            assertThat(node.messages(new HistoryRange(null, null, true, 1_000)))
                    .extracting(LoggedMessage::message)
                    .containsExactlyElementsOf(sent);
            assertThat(node.conversations(node.bob)).hasSize(1);
        }
    }

    @Test
    void a_mark_whose_answer_was_lost_is_written_again_and_changes_nothing() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(50)))) {
            LogNode.await(node.append("hello", START));
            node.wiretap.lost = UpdateItemRequest.class::isInstance;
            node.wiretap.reset();
            node.display(START);
            await().until(() -> node.wiretap.count(UpdateItemRequest.class) >= 4);
            node.wiretap.lost = request -> false;

            await().untilAsserted(() -> assertThat(node.messages(HistoryRange.newest(1)))
                    .extracting(LoggedMessage::status)
                    .containsExactly(MessageStatus.DISPLAYED));
        }
    }

    @Test
    void writes_beyond_the_limit_are_refused_at_once() {
        try (LogNode node = new LogNode(each -> each.maxWaiting(10, 1 << 20).writeTimeout(Duration.ofSeconds(2)))) {
            node.wiretap.throttled = BatchWriteItemRequest.class::isInstance;
            List<CompletableFuture<Void>> waiting = IntStream.range(0, 10)
                    .mapToObj(i -> node.append("text " + i, START + i))
                    .toList();
            CompletableFuture<Void> oneMore = node.append("one more", START + 10);

            assertThat(oneMore).isCompletedExceptionally();
            assertThat(LogNode.failure(oneMore)).isEqualTo(ErrorCode.UNAVAILABLE);
            node.wiretap.throttled = request -> false;
            waiting.forEach(LogNode::await);
            LogNode.await(node.append("one more", START + 11));
        }
    }

    @Test
    void bytes_beyond_the_limit_are_refused_at_once() {
        try (LogNode node = new LogNode(each -> each.maxWaiting(10, 10_000))) {
            CompletableFuture<Void> large = node.append("x".repeat(10_000), START);

            assertThat(large).isCompletedExceptionally();
            LogNode.await(node.append("small", START));
        }
    }

    @Test
    void G13_a_message_that_dynamodb_cannot_hold_is_refused_and_harms_no_other() {
        try (LogNode node = new LogNode(each -> each)) {
            CompletableFuture<Void> tooLarge = node.append("안".repeat(130_000), START);
            CompletableFuture<Void> beside = node.append("beside", START + 1);
            CompletableFuture<Void> large = node.append("안".repeat(120_000), START + 2);

            assertThat(LogNode.failure(tooLarge)).isEqualTo(ErrorCode.TOO_LARGE);
            LogNode.await(beside);
            LogNode.await(large);
        }
    }

    @Test
    void the_first_message_is_refused_while_its_entry_cannot_be_written_and_can_be_repeated() {
        try (LogNode node = new LogNode(each -> each.flushInterval(Duration.ofMillis(50)))) {
            node.wiretap.throttled = UpdateItemRequest.class::isInstance;
            ChatEvent.Message message = ChatEvent.message(node.alice, node.bob, "hello");
            assertThat(LogNode.failure(node.append(message, START))).isEqualTo(ErrorCode.UNAVAILABLE);

            node.wiretap.throttled = request -> false;
            LogNode.await(node.append(message, START));
            assertThat(node.conversations(node.bob)).hasSize(1);
            assertThat(node.conversations(node.alice)).hasSize(1);
        }
    }

    @Test
    void a_server_that_does_not_answer_is_unavailable_after_the_time_out() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                DynamoDbAsyncClient client =
                        new DynamoEndpoint(URI.create("http://localhost:" + silent.getLocalPort())).client();
                DynamoCallLogStore log = DynamoCallLogStore.create(
                        client,
                        DynamoConfig.builder("nowhere")
                                .requestTimeout(Duration.ofMillis(300))
                                .writeTimeout(Duration.ofMillis(300))
                                .build())) {
            assertAllUnavailable(log);
        }
    }

    @Test
    void a_table_that_is_missing_is_unavailable() {
        try (DynamoCallLogStore log = DynamoCallLogStore.create(Tables.CLIENT, DynamoConfig.of("nowhere"))) {
            assertAllUnavailable(log);
        }
    }

    private static void assertAllUnavailable(DynamoCallLogStore log) {
        ChatEvent.Message message = ChatEvent.message(UserId.of("alice"), UserId.of("bob"), "hello");
        assertThat(LogNode.failure(log.append(message.conversation(), message, START)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(LogNode.failure(log.find(message.conversation(), message.from(), message.id())))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(LogNode.failure(log.messages(message.conversation(), message.to(), HistoryRange.newest(1))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(LogNode.failure(log.conversations(message.to(), List.of(), null, 1)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(LogNode.failure(log.erase(message.conversation()))).isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
