package io.webchat.examples.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.faults.Schedule.Step;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static List<Step> of(long seed) {
        return Schedule.random(new Random(seed), List.of(Fault.values()), 20, 2, Duration.ofSeconds(15));
    }

    @Test
    void aSeedMakesOneSchedule() {
        assertThat(of(7)).isEqualTo(of(7)).isNotEqualTo(of(8)).hasSize(20);
    }

    @Test
    void aPartHasOneFaultAtATime() {
        for (long seed = 0; seed < 100; seed++) {
            Map<String, Long> ends = new HashMap<>();
            for (Step step : of(seed)) {
                Long end = ends.put(step.part(), step.until());
                assertThat(step.from()).isGreaterThan(end == null ? -1 : end);
            }
        }
    }

    @Test
    void everyFaultHasItsTurn() {
        assertThat(Stream.iterate(0L, seed -> seed + 1)
                        .limit(20)
                        .flatMap(seed -> of(seed).stream())
                        .map(Step::fault)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Fault.values());
    }
}
