package io.webchat.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.dynamo.testing.DynamoServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Whether the benchmarks of the call log run, in a size that takes a moment. */
@Tag("full")
class CallLogBenchmarksTest {
    @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
    private static DynamoServer server;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @BeforeAll
    static void start() {
        server = DynamoServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private String report() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theContestOfCommitsRecordsEachMessageInEachWay() throws Exception {
        try (DynamoDbAsyncClient client = server.endpoint().client()) {
            CommitContest.run(client, new CommitContest.Plan(4, 0, 2, 60, 30), out);
        }

        assertThat(report())
                .containsPattern("\\| call log, new messages \\| [1-9]")
                .containsPattern("\\| call log, looking first \\| [1-9]")
                .containsPattern("\\| one PutItem each \\| [0-9,]+ .* \\| 1\\.00 \\[1\\.00–1\\.00\\] \\|");
    }

    @Test
    void theUnitsOfAMessageAreTwoAndThoseOfItsMarks() throws Exception {
        CallLogUnits.run(server.endpoint(), new CallLogUnits.Plan(20, Duration.ofMillis(5)), out);

        assertThat(report())
                .containsPattern("\\| 1:1 \\| 2\\.00 \\| [01]\\.")
                .containsPattern("\\| room of 10 \\| 2\\.00 \\| ")
                .containsPattern("\\| room of 100 \\| 2\\.00 \\| ");
    }

    @Test
    void anAmendmentConsumesTwoWriteUnitsAndAPageWhatItDid() {
        AmendmentUnits.run(server.endpoint(), out);

        assertThat(report())
                .contains("| a reaction | 2.00 |", "| an edit | 2.00 | 0.00 |", "| a deletion | 2.00 | 0.00 |")
                .containsPattern("\\| a page of 50 \\| 0\\.00 \\| [1-9]");
    }

    @Test
    void aPageIsMeasuredInHistoriesOfBothLengths() {
        PageCost.run(server.endpoint(), new PageCost.Plan(100, 300, 2, 2, 2), out);

        assertThat(report())
                .containsPattern("\\| 100 \\| [1-9]")
                .containsPattern("\\| 300 \\| [1-9]")
                .contains("Time in the longer one");
    }
}
