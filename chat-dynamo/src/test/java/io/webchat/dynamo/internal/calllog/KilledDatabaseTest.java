package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.core.spi.support.Failures;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoTable;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.dynamo.testing.DynamoServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Proves that marks wait in the node until they are written, however often the database is killed. */
@Tag("full")
@Tag("process")
@Tag("fault")
final class KilledDatabaseTest {
    private static final int KILLS = 8;
    private static final int CONVERSATIONS = 5;
    private static final long START = 1_700_000_000_000L;
    private static final UserId BOB = UserId.of("bob");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<ChatEvent.Message> sent = new ArrayList<>();

    @Test
    void G11_no_mark_is_lost_when_the_database_is_killed_eight_times(@TempDir Path data) {
        DynamoServers.assumeOwnServer();
        try (DynamoServer server = DynamoServer.start(data);
                DynamoDbAsyncClient client = server.endpoint().client()) {
            LogNode.await(DynamoTable.of(client, "webchat").create());
            DynamoConfig config = DynamoConfig.builder("webchat")
                    .requestTimeout(Duration.ofSeconds(2))
                    .flushInterval(Duration.ofMillis(50))
                    .build();
            try (DynamoCallLogStore log = DynamoCallLogStore.create(client, config)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    // Some marks are being written when the server dies, the others come while it is dead.
                    List<ChatEvent.Message> before = append(log);
                    List<ChatEvent.Message> meanwhile = append(log);
                    before.forEach(each -> mark(log, each));
                    server.kill();
                    meanwhile.forEach(each -> mark(log, each));
                    server.restart();
                }
                // The last start, too, may take longer than a request may take.
                await().atMost(PATIENCE)
                        .ignoreExceptionsMatching(KilledDatabaseTest::isUnavailable)
                        .untilAsserted(() -> assertThat(undelivered(log))
                                .as("messages whose mark is lost, of " + sent.size())
                                .isEmpty());
            }
        }
    }

    private List<ChatEvent.Message> append(DynamoCallLogStore log) {
        List<ChatEvent.Message> messages = new ArrayList<>();
        for (int i = 0; i < CONVERSATIONS; i++) {
            ChatEvent.Message message = ChatEvent.message(UserId.of("author" + sent.size()), BOB, "text");
            // A server that has just started may need longer than a request may take.
            await().atMost(PATIENCE)
                    .until(() -> LogNode.failure(log.append(message.conversation(), message, START)) == null);
            messages.add(message);
            sent.add(message);
        }
        return messages;
    }

    private static void mark(DynamoCallLogStore log, ChatEvent.Message message) {
        MessagePosition upTo = new MessagePosition(START, message.from(), message.id());
        LogNode.await(log.mark(new Mark(message.conversation(), message.from(), BOB, MessageStatus.DELIVERED, upTo)));
    }

    private static boolean isUnavailable(Throwable failure) {
        return Failures.unwrap(failure) instanceof ChatException known && known.code() == ErrorCode.UNAVAILABLE;
    }

    private List<ChatEvent.Message> undelivered(DynamoCallLogStore log) {
        return sent.stream()
                .flatMap(each -> LogNode.await(log.messages(each.conversation(), BOB, HistoryRange.newest(1))).stream())
                .filter(each -> each.status() == MessageStatus.SENT)
                .map(LoggedMessage::message)
                .toList();
    }
}
