package io.webchat.examples.benchmarks;

import static io.webchat.examples.benchmarks.Printed.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.redis.testing.RedisServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Whether the benchmarks run, in a size that takes a moment. Their times are for people to read, not for tests. */
class BenchmarksTest {
    @Tag("full")
    @Test
    void theContestHasEveryContestantAddWhatItShould() throws Exception {
        try (RedisServer server = RedisServer.builder().start()) {
            Contest.Plan plan = new Contest.Plan(List.of(10, 200), 4, 0, 2, 1);

            String report = output(out -> Contest.run(server.url(), plan, out));

            assertThat(report).containsPattern("\\| 10 \\| [1-9]").containsPattern("\\| 200 \\| [1-9]");
            // 2 rounds of 100 messages to each of 4 users at 2 depths by 3 contestants, and one to begin each queue
            // with.
            assertThat(Counters.of(server.endpoint()).values())
                    .containsEntry("calls publish", 2.0 * 100 * 4 * 2 * 3 + 8);
        }
    }

    @Test
    void theCostOfAMessageCountsEachStepOfItsLife() throws Exception {
        try (RedisServer server = RedisServer.builder().start()) {
            String report = output(out -> MessageCost.run(server.endpoint(), 50, out));

            assertThat(report)
                    .contains("| calls evalsha |", "| bytes in |", "| bytes out |", "| µs of CPU |")
                    .containsPattern("\\| calls publish \\| 2\\.00 \\| (2\\.00|1\\.\\d\\d|0\\.(0[1-9]|[1-9]\\d)) \\|");
        }
    }

    @Tag("full")
    @Test
    void eachStepOfAQueueHasItsCost() throws Exception {
        assertThat(output(out -> StepCost.run(out, new StepCost.Plan(640, 1))))
                .containsPattern("\\| an empty script.*\\| 1\\.00 \\[1\\.00–1\\.00\\] \\|")
                .containsPattern("\\| and RPUSH \\| [0-9]")
                .containsPattern("\\| append a deletion \\| [0-9]");
    }

    @Tag("full")
    @Test
    void theMemoryOfRedisIsCountedPerUserAndPerMessage() throws Exception {
        assertThat(output(out -> RedisMemory.run(200, 3, out)))
                .containsPattern("\\| an idle user with one device \\| [1-9]\\d\\d")
                .containsPattern("\\| a message that waits, .* \\| [1-9]\\d\\d")
                .containsPattern("\\| a message that is known for resends only \\| [1-9]\\d");
    }

    @Test
    void theJmhBenchmarksRun() throws Exception {
        OptionsBuilder options = new OptionsBuilder();
        options.include(AppendAndPublish.class.getSimpleName())
                .include(Latency.class.getSimpleName())
                .param("depth", "10")
                .param("entrant", "CORE")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(100))
                .shouldFailOnError(true);

        assertThat(new Runner(options.build()).run())
                .extracting(RunResult::getPrimaryResult)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.getScore()).isPositive());
    }
}
