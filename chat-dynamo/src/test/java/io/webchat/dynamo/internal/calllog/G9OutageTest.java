package io.webchat.dynamo.internal.calllog;

import static io.webchat.dynamo.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.webchat.core.ErrorCode;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.HistoryRange;
import io.webchat.core.spi.calllog.Mark;
import io.webchat.dynamo.DynamoCallLogStore;
import io.webchat.dynamo.DynamoConfig;
import io.webchat.dynamo.DynamoTable;
import io.webchat.dynamo.LogNode;
import io.webchat.dynamo.testing.DynamoServer;
import io.webchat.dynamo.testing.DynamoServers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * DynamoDB goes away and comes back. Sends are refused meanwhile, no acknowledged message is lost, and no node
 * restarts.
 */
@Tag("process")
@Tag("fault")
final class G9OutageTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final long START = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void G9_a_server_that_was_killed_is_used_again_when_it_is_back(@TempDir Path data) {
        DynamoServers.assumeOwnServer();
        try (DynamoServer server = DynamoServer.start(data);
                DynamoDbAsyncClient client = server.endpoint().client()) {
            LogNode.await(DynamoTable.of(client, "webchat").create());
            DynamoConfig config = DynamoConfig.builder("webchat")
                    .requestTimeout(Duration.ofSeconds(2))
                    .writeTimeout(Duration.ofSeconds(2))
                    .flushInterval(Duration.ofMillis(100))
                    .build();
            try (DynamoCallLogStore log = DynamoCallLogStore.create(client, config)) {
                outage(server, log);
            }
        }
    }

    private static void outage(DynamoServer server, DynamoCallLogStore log) {
        ChatEvent.Message before = ChatEvent.message(ALICE, BOB, "before");
        ChatEvent.Message meanwhile = ChatEvent.message(ALICE, BOB, "meanwhile");
        // A server that has just started may need longer than a request may take.
        await().atMost(PATIENCE).until(() -> LogNode.failure(log.append(before.conversation(), before, START)) == null);
        server.kill();
        assertThat(LogNode.failure(log.append(before.conversation(), meanwhile, START + 1)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        LogNode.await(log.mark(
                new Mark(before.conversation(), ALICE, BOB, MessageStatus.DELIVERED, MessagePosition.endOf(START))));
        server.restart();

        await().atMost(PATIENCE)
                .until(() -> LogNode.failure(log.append(before.conversation(), meanwhile, START + 1)) == null);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                LogNode.await(log.messages(before.conversation(), BOB, HistoryRange.newest(10))))
                        .extracting(LoggedMessage::message, LoggedMessage::status)
                        .containsExactly(tuple(meanwhile, MessageStatus.SENT), tuple(before, MessageStatus.DELIVERED)));
    }
}
