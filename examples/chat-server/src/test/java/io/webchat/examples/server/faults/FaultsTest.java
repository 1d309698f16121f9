package io.webchat.examples.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.examples.server.faults.Schedule.Step;
import io.webchat.examples.server.history.Entry;
import io.webchat.examples.server.history.Kind;
import io.webchat.redis.testing.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rounds of random faults, each followed by rest and judgement, until the time is up: half a minute in a build, as long
 * as one likes by {@code ./mvnw -Pfaults}. The seed is in the output of the test and in each failure; a run with the
 * same one breaks the same parts at the same moments. {@code -Dfaults.only=REWIND_REDIS,KILL_NODE} leaves the other
 * kinds of faults out.
 */
@Tag("process")
@Tag("fault")
@Tag("full")
class FaultsTest {
    private static final Logger log = LoggerFactory.getLogger(FaultsTest.class);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final Duration LENGTH =
            Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("faults.minutes", "0.5"))));
    private static final List<Fault> KINDS = kinds(System.getProperty("faults.only", ""));
    private static final int FAULTS = 8;
    private static final Duration FAULTY = Duration.ofSeconds(12);
    private static final int SHOWN = 10;

    private static List<Fault> kinds(String names) {
        return names.isEmpty()
                ? List.of(Fault.values())
                : Stream.of(names.split(",", -1)).map(Fault::valueOf).toList();
    }

    @Test
    void G1_G2_G3_G4_G5_G6_G8_G9_G10_G11_G12_G14_G15_G17_randomFaultsBreakNoPromise(@TempDir Path folder)
            throws Exception {
        RedisServers.assumeOwnServers();
        Random random = new Random(SEED);
        long end = System.nanoTime() + LENGTH.toNanos();
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        try (FaultyCluster site = FaultyCluster.start(folder, random)) {
            log.info("seed {}, clocks ahead by {}", SEED, site.shifts());
            int round = 0;
            do {
                Random its = new Random(random.nextLong());
                List<Step> schedule = Schedule.random(its, KINDS, FAULTS, FaultyCluster.NODES, FAULTY);
                round(site, round++, schedule, its);
                schedule.forEach(step -> counts.merge(step.fault(), 1, Integer::sum));
            } while (System.nanoTime() < end);
            log.info("seed {}: {} rounds without a violation; faults {}", SEED, round, counts);
        }
    }

    private static void round(FaultyCluster site, int number, List<Step> schedule, Random random) {
        String what = "seed " + SEED + ", round " + number + ":\n    "
                + schedule.stream().map(Step::toString).collect(Collectors.joining("\n    "));
        log.info("{}", what);
        Round.Result result = judged(site, number, schedule, random, what);
        log.info(
                "{} acknowledged, {} files, {} rivals of which {} got the file, {} reads of files, {} lines of history",
                result.acknowledged(),
                result.history().of(Kind.ATTACHED).count(),
                result.history().of(Kind.RIVAL).count(),
                result.history().of(Kind.OUTDONE).map(Entry::id).distinct().count(),
                result.history().of(Kind.READ).count(),
                result.history().entries().size());
        assertThat(result.violations().stream().limit(SHOWN).map(each -> "\n" + each))
                .as("%s violations, %s", result.violations().size(), what)
                .isEmpty();
        assertThat(result.acknowledged()).as("messages, " + what).isPositive();
        assertThat(result.history().of(Kind.ATTACHED)).as("files, " + what).isNotEmpty();
    }

    private static Round.Result judged(
            FaultyCluster site, int number, List<Step> schedule, Random random, String what) {
        try {
            return Round.run(site, "round" + number, schedule, random);
        } catch (Exception e) {
            throw new IllegalStateException("this round came to no end: " + what, e);
        }
    }
}
