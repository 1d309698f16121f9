package io.webchat.examples.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.webchat.dynamo.testing.DynamoEndpoint;
import io.webchat.dynamo.testing.DynamoServers;
import io.webchat.examples.server.NodeProcesses;
import io.webchat.examples.server.history.Checker;
import io.webchat.examples.server.history.Entry;
import io.webchat.examples.server.history.History;
import io.webchat.examples.server.history.Kind;
import io.webchat.examples.server.history.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server without Redis has its queues in memory. When it is killed or drained under load, the queues are restored
 * from the log in DynamoDB: no acknowledged message is lost, and each has its mark in the end.
 */
@Tag("process")
@Tag("fault")
@Tag("full")
@ExtendWith(DynamoServers.class)
class KilledLoneNodeTest {
    private static final Logger log = LoggerFactory.getLogger(KilledLoneNodeTest.class);

    private static final long SEED = Long.getLong("webchat.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("webchat.kills", 30);
    private static final int FEWEST_MESSAGES_BETWEEN_KILLS = 20;
    private static final int MOST_MESSAGES_BETWEEN_KILLS = 220;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A process that dies, and what is needed until everything runs again. */
    private interface Death {
        void of(NodeProcesses nodes, Recorder recorder) throws Exception;
    }

    /** Lets people talk under so many deaths, and judges what they got. */
    private static void breakUnderLoad(Map<String, String> storage, int deaths, int most, Death death)
            throws Exception {
        Random random = new Random(SEED);
        Recorder recorder = Recorder.ofSystem();
        try (NodeProcesses nodes = new NodeProcesses(1, node -> storage);
                People people = new People(nodes, "lone", recorder, random)) {
            for (int i = 0; i < deaths; i++) {
                int enough = people.acknowledged() + random.nextInt(FEWEST_MESSAGES_BETWEEN_KILLS, most);
                await().atMost(PATIENCE).until(() -> people.acknowledged() >= enough);
                death.of(nodes, recorder);
            }
            people.finish();
            History history = recorder.history();
            assertThat(Checker.violations(history)).as("seed %s", SEED).isEmpty();
            assertThat(missing(history)).as("seed %s", SEED).isEmpty();
            assertThat(twiceInTheLog(history)).as("seed %s", SEED).isEmpty();
            tell(history, deaths);
        }
    }

    private static void killNode(NodeProcesses nodes, Recorder recorder) throws Exception {
        long ended = recorder.now();
        nodes.get(0).kill();
        nodes.restart(0);
        recorder.lostData("queues", ended);
    }

    /** The node is told to end, and says when its budget was not enough. */
    private static void drainNode(NodeProcesses nodes, Recorder recorder) throws Exception {
        long ended = recorder.now();
        nodes.get(0).terminate();
        int code = nodes.get(0).exitCode();
        recorder.exited("node 0", code, (recorder.now() - ended) / 1_000);
        assertThat(nodes.output(0)).doesNotContain("Not everything was closed", "watermarks may be lost", "Exception");
        nodes.restart(0);
        recorder.lostData("queues", ended);
    }

    /** The node starts its database again by itself. */
    private static void killDatabase(NodeProcesses nodes, Recorder recorder) {
        recorder.broken("database", "killed");
        nodes.get(0).killChildren();
        await().atMost(PATIENCE).until(() -> nodes.isReady(0));
        recorder.mended("database", "killed");
    }

    /** The acknowledged messages that did not reach a user with one device; no exception of the checker counts here. */
    private static List<String> missing(History history) {
        Map<String, Set<String>> received = history.of(Kind.RECEIVED)
                .collect(Collectors.groupingBy(Entry::user, Collectors.mapping(Entry::id, Collectors.toSet())));
        return history.of(Kind.ACKED)
                .filter(each -> !received.getOrDefault(each.peer(), Set.of()).contains(each.id()))
                .map(Entry::id)
                .distinct()
                .toList();
    }

    private static List<String> twiceInTheLog(History history) {
        Set<String> once = new HashSet<>();
        return history.of(Kind.LOGGED)
                .map(Entry::id)
                .filter(each -> !once.add(each))
                .toList();
    }

    private static void tell(History history, int deaths) {
        long deliveries = history.of(Kind.RECEIVED).count();
        long first = history.of(Kind.RECEIVED)
                .map(each -> each.client() + " " + each.id())
                .distinct()
                .count();
        log.info(
                "{} deaths: {} messages, {} deliveries to devices, {} of them repeated, {} refusals, drains {}",
                deaths,
                history.of(Kind.LOGGED).count(),
                deliveries,
                deliveries - first,
                history.of(Kind.REFUSED).count(),
                history.of(Kind.EXITED).map(each -> each.storedAt() + " ms").toList());
    }

    @Test
    void G1_G2_G3_G11_aKilledNodeOverDynamoDbLosesNoMessage(DynamoEndpoint dynamo, @TempDir Path files)
            throws Exception {
        Map<String, String> storage = Map.of(
                "CHAT_DYNAMO",
                dynamo.uri().toString(),
                "CHAT_TABLE",
                "lone-" + System.nanoTime(),
                "CHAT_ATTACHMENTS",
                files.toString());

        breakUnderLoad(storage, 1, FEWEST_MESSAGES_BETWEEN_KILLS + 1, KilledLoneNodeTest::killNode);
    }

    @Test
    void G1_G2_G3_G11_aServerOnADataFolderIsKilledManyTimes(@TempDir Path folder) throws Exception {
        Map<String, String> storage = Map.of("CHAT_DATA", folder.toString());

        breakUnderLoad(storage, KILLS, MOST_MESSAGES_BETWEEN_KILLS, KilledLoneNodeTest::killNode);
    }

    @Test
    void G1_G2_G9_G11_theDatabaseOfADataFolderIsKilledManyTimes(@TempDir Path folder) throws Exception {
        Map<String, String> storage = Map.of("CHAT_DATA", folder.toString());

        breakUnderLoad(storage, KILLS / 3, MOST_MESSAGES_BETWEEN_KILLS, KilledLoneNodeTest::killDatabase);
    }

    @Test
    void G14_aServerOnADataFolderEndsInItsBudgetUnderLoad(@TempDir Path folder) throws Exception {
        Map<String, String> storage = Map.of("CHAT_DATA", folder.toString());

        breakUnderLoad(storage, KILLS / 10, MOST_MESSAGES_BETWEEN_KILLS, KilledLoneNodeTest::drainNode);
    }
}
