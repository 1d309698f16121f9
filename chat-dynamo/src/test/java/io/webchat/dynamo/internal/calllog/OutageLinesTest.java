package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.webchat.core.ChatException;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoTable;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.dynamo.testing.DynamoServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Proves that a hanging database and a full disk are one log line each, which says what DynamoDB said. */
@Tag("full")
@Tag("process")
@Tag("fault")
final class OutageLinesTest {
    private static final String NOT_USABLE = "the DynamoDB table webchat cannot be used: ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SMALL_DISK = 1 << 20;
    private static final int REQUESTS = 100;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        DynamoServers.assumeOwnServer();
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(lines);
    }

    @Test
    void a_hang_is_one_line_without_a_stack_trace_and_its_end_is_another() {
        try (DynamoServer server = DynamoServer.start();
                DynamoDbAsyncClient client = server.endpoint().client();
                DynamoCallLogStore log = open(client)) {
            server.pause();
            List<String> failures = IntStream.range(0, REQUESTS)
                    .mapToObj(i -> ChatEvent.message(UserId.of("a" + i), UserId.of("b" + i), "text"))
                    .flatMap(each -> Stream.of(
                            log.append(each.conversation(), each, System.currentTimeMillis()),
                            log.messages(each.conversation(), each.from(), HistoryRange.newest(9))))
                    .toList()
                    .stream()
                    .map(OutageLinesTest::detail)
                    .toList();
            server.resume();

            assertThat(failures).hasSize(2 * REQUESTS).containsOnly("DynamoDB does not answer in time");
            assertThat(warnings())
                    .containsExactly(NOT_USABLE + "DynamoDB does not answer in time; requests fail until it can");
            await().atMost(PATIENCE).untilAsserted(() -> {
                detail(append(log, "again"));
                assertThat(messages()).contains("the DynamoDB table webchat can be used again");
            });
            assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
        }
    }

    @Test
    void a_full_disk_is_named_by_the_error_of_DynamoDB(@TempDir Path data) {
        try (DynamoServer server = DynamoServer.start(data, SMALL_DISK);
                DynamoDbAsyncClient client = server.endpoint().client();
                DynamoCallLogStore log = open(client)) {
            String failure = await().atMost(PATIENCE)
                    .until(() -> detail(append(log, "x".repeat(16_000))), each -> !each.isEmpty());

            assertThat(failure).isEqualTo("DynamoDB refuses: InternalFailure");
            assertThat(warnings()).containsExactly(NOT_USABLE + failure + "; requests fail until it can");
        }
    }

    private static DynamoCallLogStore open(DynamoDbAsyncClient client) {
        LogNode.await(DynamoTable.of(client, "webchat").create());
        return DynamoCallLogStore.create(
                client,
                DynamoConfig.builder("webchat")
                        .requestTimeout(Duration.ofSeconds(2))
                        .build());
    }

    private static CompletionStage<Void> append(DynamoCallLogStore log, String text) {
        ChatEvent.Message message = ChatEvent.message(UserId.of("alice"), UserId.of("bob"), text);
        return log.append(message.conversation(), message, System.currentTimeMillis());
    }

    /** The sentence of the failure; empty if there is none. */
    private static String detail(CompletionStage<?> stage) {
        return LogNode.await(stage.handle(
                (done, failure) -> failure == null ? "" : ((ChatException) Failures.unwrap(failure)).detail()));
    }

    private List<String> messages() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private List<String> warnings() {
        return List.copyOf(lines.list).stream()
                .filter(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
